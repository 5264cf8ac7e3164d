// The phone on a bare page in headless Chromium, beside a practice line that calls it: for checks with real media.
import type { PhoneStart } from '../../common/bridge/table.ts'
import { createScope } from '../../common/kit/scope.ts'
import type { Line } from '../../practice/line.ts'
import { openLine } from '../../practice/sip/line.ts'
import { type BarePage, type BarePageOptions, openBarePage } from './bare-page.ts'

export interface BarePhone extends BarePage {
  line: Line
  start: PhoneStart
  /** SIP lines at the line's end with their time, epoch ms with fractions. */
  lineLog: { at: number; text: string }[]
}

const domain = '00000000-0000-4000-8000-000000000001.registrar.voipbin.test'

export const nowMs = () => performance.timeOrigin + performance.now()

export async function openBarePhone(options: BarePageOptions = {}): Promise<BarePhone> {
  const scope = createScope('bare phone')
  try {
    const lineLog: BarePhone['lineLog'] = []
    const password = 'pa"ss-1'
    const line = await openLine({
      port: 0,
      domain,
      password: (extension) => (extension === '2000' ? password : undefined),
      log: (text) => lineLog.push({ at: nowMs(), text }),
    })
    scope.add(() => line.close())
    const bare = await openBarePage(options)
    scope.add(() => bare.close())
    const start: PhoneStart = {
      domain,
      username: '2000',
      password,
      edges: [line.url],
      iceServers: [],
      expiresSeconds: 300,
      instanceId: '3f0c6a52-7a6b-4c36-9f43-0d3c1f6f2a11',
      secondCall: 'ring',
    }
    return { ...bare, line, start, lineLog, close: () => scope.end() }
  } catch (error) {
    await scope.end()
    throw error
  }
}

/** A tone as the caller's voice. */
export function tonePcm(hertz: number, seconds: number): Int16Array {
  return Int16Array.from({ length: 8000 * seconds }, (_, i) =>
    Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / 8000)),
  )
}
