// How the notification of a ringing call looks on each system. Pure.
import type { RingingCall } from '../../../common/model/ringing.ts'
import { say } from '../../../common/words/say.ts'

export interface NoticeShape {
  title: string
  body: string
  /** The phone rings by itself. */
  silent: true
  timeoutType: 'never'
  urgency: 'critical'
  actions?: { type: 'button'; text: string }[]
  /** What each button does, in the order of `actions`. */
  acts: readonly ('answer' | 'decline')[]
}

/** Electron has buttons on macOS and, in the version that is shipped, on Windows; elsewhere it leaves them out. */
const withButtons: readonly NodeJS.Platform[] = ['darwin', 'win32']

export function toNotice(call: RingingCall, platform: NodeJS.Platform): NoticeShape {
  const shape = {
    title: say('{name} is calling', { name: call.name }),
    body: call.address,
    silent: true,
    timeoutType: 'never',
    urgency: 'critical',
  } as const
  if (!withButtons.includes(platform)) return { ...shape, acts: [] }
  const button = (text: string) => ({ type: 'button' as const, text })
  return {
    ...shape,
    actions: [button(say('Answer')), button(say('Decline'))],
    acts: ['answer', 'decline'],
  }
}
