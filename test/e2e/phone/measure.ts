// How fast the phone is in a real browser: node test/e2e/phone/measure.ts [calls] [--cold]. Prints figures, judges nothing.
import { heardInEar, ring, startPhone, until } from '../../support/bare-call.ts'
import { openBarePhone } from '../../support/bare-phone.ts'

const calls = Number(process.argv[2] ?? 10)
const bare = await openBarePhone()
try {
  const { tookMs } = await startPhone(bare)
  if (!process.argv.includes('--cold')) await bare.page.evaluate(() => globalThis.bare.phone.warmUp())
  const rows = []
  for (let i = 0; i < calls; i++) rows.push(await measureCall())
  console.log(`register: ${tookMs} ms`)
  console.log('first call:', JSON.stringify(rows[0]))
  for (const name of ['invite180', 'answer200', 'answerEar', 'answerCaller'] as const) {
    const sorted = rows
      .slice(1)
      .map((row) => row[name])
      .sort((a, b) => a - b)
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1)
    console.log(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms of ${sorted.length}`)
  }
} finally {
  await bare.close()
}

async function measureCall() {
  const call = await ring(bare)
  const invitedAt = call.logged(/> INVITE/) ?? 0
  const ringsAt = await until('180', () => call.logged(/< SIP\/2.0 180/))
  await bare.page.waitForTimeout(400)
  const clickedAt = await call.answer()
  const answeredAt = await until('200', () => call.logged(/< SIP\/2.0 200/, clickedAt))
  const earAt = await heardInEar(bare, call.sessionId)
  const callerAt = await until('sound at the caller', () => call.heard.firstAt)
  await call.hangUp()
  await until('ended', () => call.leg.state.status === 'ended')
  return {
    invite180: ringsAt - invitedAt,
    answer200: answeredAt - clickedAt,
    answerEar: earAt - clickedAt,
    answerCaller: callerAt - clickedAt,
  }
}
