// Calls the phone in a real browser and prints what was seen and how long it took: node test/e2e/phone/check.ts [calls]
import { type BarePhone, nowMs, openBarePhone, tonePcm } from '../../support/bare-phone.ts'

const calls = Number(process.argv[2] ?? 5)
const bare = await openBarePhone()
const { page, line, start, lineLog } = bare
const findings: Record<string, unknown> = {}

const registration = () => page.evaluate(() => globalThis.bare.phone.store.getState().registration)
const until = async <T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  ms = 8000,
): Promise<T> => {
  const end = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`not seen in ${ms} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const logged = (after: number, pattern: RegExp) =>
  lineLog.find((entry) => entry.at >= after && pattern.test(entry.text))?.at

try {
  await page.evaluate((given) => globalThis.bare.phone.handlers['phone.start'](given), start)
  const registered = await until('registered', async () => {
    const state = await registration()
    return state.status === 'registered' ? state : undefined
  })
  findings['register ms'] = registered.tookMs
  if (process.argv[3] !== 'cold') await page.evaluate(() => globalThis.bare.phone.warmUp())

  const rows = []
  for (let i = 0; i < calls; i++) rows.push(await oneCall(bare, i === calls - 1))
  findings.calls = rows
  findings['trace problems'] = await page.evaluate(() =>
    globalThis.bare.rows.filter((row) => row.tone === 'bad').map((row) => `${row.title} ${row.result ?? ''}`),
  )
  await page.evaluate(() => globalThis.bare.phone.handlers['phone.stop']({}))
  findings['contacts after stop'] = line.contacts('2000').length
} catch (error) {
  findings.failed = error instanceof Error ? error.message : String(error)
  findings.state = await page.evaluate(() => globalThis.bare.phone.store.getState()).catch(() => undefined)
  findings.line = lineLog.slice(-30).map((entry) => entry.text)
  findings.trace = await page
    .evaluate(() => globalThis.bare.rows.slice(-40).map((row) => `${row.direction} ${row.title}`))
    .catch(() => undefined)
  process.exitCode = 1
} finally {
  console.log(JSON.stringify(findings, undefined, 1))
  await bare.close()
}

async function oneCall({ page, line }: BarePhone, withCut: boolean) {
  const contact = line.contacts('2000')[0]
  if (!contact) throw new Error('no contact')
  const before = nowMs()
  const leg = line.invite({
    contact,
    extension: '2000',
    from: { user: '+15550100', displayName: 'Ada' },
    ringMs: 20_000,
  })
  let heardByLine: number | undefined
  leg.onAudio((frame) => {
    if (frame.some((sample) => Math.abs(sample) > 500)) heardByLine ??= nowMs()
  })
  leg.onChange((state) => {
    if (state.status === 'answered') void leg.play(tonePcm(600, 30)).catch(() => {})
  })
  const session = await until('ringing', () =>
    page.evaluate(() =>
      globalThis.bare.phone.store.getState().sessions.find((each) => each.status === 'ringing'),
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  const clickedAt = await page.evaluate((id) => globalThis.bare.answer(id), session.id)
  const heardFrom = await until('sound in the ear', () =>
    page.evaluate(
      (id) => globalThis.bare.sounds.find((each) => each.sessionId === id && each.where === 'ear')?.at,
      session.id,
    ),
  )
  await until('sound at the caller', () => heardByLine)
  const found: Record<string, unknown> = {
    'INVITE to 180': ms(logged(before, /< SIP\/2.0 180/), logged(before, /> INVITE/)),
    'answer to 200': ms(logged(clickedAt, /< SIP\/2.0 200/), clickedAt),
    'answer to ear': ms(heardFrom, clickedAt),
    'answer to caller': ms(heardByLine, clickedAt),
  }
  await page.evaluate((id) => globalThis.bare.phone.sendDtmf(id, '5#'), session.id)
  if (withCut) found.cut = await cutSocket(session.id)
  await page.waitForTimeout(1100)
  const media = await page.evaluate(
    (id) => globalThis.bare.phone.store.getState().sessions.find((each) => each.id === id)?.media,
    session.id,
  )
  found.media = media
  if (withCut) {
    await leg.hangUp()
  } else {
    await page.evaluate((id) => globalThis.bare.phone.handlers['phone.hangUp']({ sessionId: id }), session.id)
  }
  await until('ended at the caller', () => (leg.state.status === 'ended' ? leg.state : undefined))
  const outcome = await until('ended here', () =>
    page.evaluate(
      (id) => globalThis.bare.phone.store.getState().sessions.find((each) => each.id === id)?.outcome,
      session.id,
    ),
  )
  return { ...found, outcome, caller: leg.state }
}

/** Without a close frame, in the middle of the call: media goes on, the phone registers anew, the dialog moves. */
async function cutSocket(sessionId: string) {
  const packets = () =>
    page.evaluate(
      (id) =>
        globalThis.bare.phone.store.getState().sessions.find((each) => each.id === id)?.media
          ?.packetsReceived ?? 0,
      sessionId,
    )
  const before = await packets()
  const cutAt = nowMs()
  line.cutSockets()
  await until('registered again', async () => {
    const state = await registration()
    return state.status === 'registered' && state.provenAt > cutAt ? state : undefined
  })
  const tookMs = ms(nowMs(), cutAt)
  const refreshed = await until('re-INVITE', () => logged(cutAt, /< INVITE/))
  await page.waitForTimeout(1500)
  return {
    're-registered after': tookMs,
    're-INVITE after': ms(refreshed, cutAt),
    packets: (await packets()) - before,
  }
}

function ms(end: number | undefined, from: number | undefined): number | undefined {
  return end === undefined || from === undefined ? undefined : Math.round((end - from) * 10) / 10
}
