// What is left behind when a sign-in, a server or an account is left.
import type { AccountFeature } from './account/account.ts'
import type { PracticeFeature } from './practice/practice.ts'
import type { QuickstartRunner } from './quickstart/runner.ts'
import type { RingingFeature } from './ringing/ringing.ts'
import type { Trace } from './trace/trace.ts'
import type { ReceiverFeature } from './webhook/receiver.ts'

interface LeavingParts {
  account: Pick<AccountFeature, 'leave'>
  practice: Pick<PracticeFeature, 'stop'>
  quickstart(): Pick<QuickstartRunner, 'forget'>
  receiver: Pick<ReceiverFeature, 'stop'>
  trace: Pick<Trace, 'clear'>
  ringing: Pick<RingingFeature, 'clear'>
  /** Ends calls, registration and events of whoever is signed in. */
  leave(): Promise<unknown>
  end(): Promise<unknown>
}

export interface Leaving {
  /** Of a sign-in that is no longer wanted; nothing is waited for. */
  dropSignIn(): void
  /** Signs out without forgetting the credential. */
  leaveServer(): Promise<void>
  /** What was seen of an account is not for the next one. */
  forgetRecords(): Promise<void>
}

export function createLeaving(parts: LeavingParts): Leaving {
  const { account, practice, receiver, trace, ringing } = parts
  return {
    dropSignIn() {
      account.leave()
      void parts.end()
    },
    async leaveServer() {
      await parts.leave()
      account.leave()
      await practice.stop()
    },
    async forgetRecords() {
      await parts.quickstart().forget()
      await receiver.stop()
      trace.clear()
      ringing.clear()
    },
  }
}
