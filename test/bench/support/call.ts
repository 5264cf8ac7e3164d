// One call from practice to the window: rung, answered by a click in the page, timed at the caller.
import type { Page } from '@playwright/test'
import { nowMs, sleep, until } from '../figure.ts'
import type { BenchCompanion } from './companion.ts'
import type { BenchPractice } from './practice.ts'

export interface CallTimes {
  /** INVITE sent → 180 received, at the caller. */
  ringing: number
  /** Click → 200 OK received, at the caller. */
  answered: number
  /** Click → first sound of the caller in the ear. */
  ear: number
  /** Click → first decoded sound of the microphone at the caller. */
  caller: number
}

export interface CallParties {
  practice: BenchPractice
  companion: BenchCompanion
  page: Page
}

const open = [{ type: 'sleep', option: { duration: 600_000 } }]

/** Rings for `ringMs`, then is answered. */
export async function answeredCall(parties: CallParties, actions: readonly unknown[], ringMs: number) {
  const { practice, companion, page } = parties
  const placedAt = nowMs()
  await practice.place(await companion.extension(), actions)
  const invitedAt = await practice.line(/^> INVITE/, placedAt)
  const ringsAt = await practice.line(/^< SIP\/2.0 180/, invitedAt)
  await page.locator('button.accept:enabled', { hasText: 'Answer' }).first().waitFor()
  await sleep(ringMs)
  const clickedAt = await page.evaluate(() => {
    const at = performance.timeOrigin + performance.now()
    document.querySelector<HTMLButtonElement>('button.accept:enabled')?.click()
    return at
  })
  const answeredAt = await practice.line(/^< SIP\/2.0 200/, clickedAt)
  return { ringing: ringsAt - invitedAt, answered: answeredAt - clickedAt, clickedAt }
}

/** A whole call with sound both ways; practice plays its tone and the microphone is one. */
export async function timedCall(parties: CallParties, ringMs = 400): Promise<CallTimes> {
  const { practice, companion } = parties
  const { ringing, answered, clickedAt } = await answeredCall(parties, open, ringMs)
  const [ear, caller] = await Promise.all([companion.heard(clickedAt), practice.heard(clickedAt)])
  await hungUp(parties)
  return { ringing, answered, ear: ear - clickedAt, caller: caller - clickedAt }
}

export async function hungUp({ practice, companion, page }: CallParties): Promise<void> {
  await practice.hangUp()
  await until('no live session', () => companion.phone()?.sessions.every(({ status }) => status === 'ended'))
  await page.locator('button.accept', { hasText: 'Answer' }).waitFor({ state: 'detached' })
}
