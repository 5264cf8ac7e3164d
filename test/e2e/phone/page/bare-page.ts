// A page with the phone and nothing else, for the check in a real browser.
import '../../../../renderer/strict-zod.ts'
import type { SoundEdge } from '../../../../common/model/phone.ts'
import type { NewTraceRow } from '../../../../common/model/trace.ts'
import { createPhone } from '../../../../renderer/phone/create-phone.ts'
import type { Patience } from '../../../../renderer/phone/patience.ts'
import { lab } from './description-lab.ts'

const sounds: SoundEdge[] = []
const rows: NewTraceRow[] = []
/** What a check changes of the phone: `?patience={"ringMs":2000}`. */
const patience: Partial<Patience> = JSON.parse(new URLSearchParams(location.search).get('patience') ?? '{}')
const phone = createPhone(
  { sound: (edge) => sounds.push(edge), trace: (row) => rows.push(row) },
  { patience },
)

const page = {
  phone,
  lab,
  sounds,
  rows,
  /** Answers and tells when the person clicked, in epoch ms with fractions. */
  async answer(sessionId: string) {
    const clickedAt = performance.timeOrigin + performance.now()
    await phone.handlers['phone.answer']({ sessionId })
    return clickedAt
  },
}
export type BarePage = typeof page
declare global {
  var bare: BarePage
}
globalThis.bare = page
