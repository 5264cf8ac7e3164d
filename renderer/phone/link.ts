// The socket below the user agent and the registrar behind it, as the supervisor of the registration sees them.
import type { Registrar } from './register.ts'

export interface Link extends Registrar {
  open(edge: string, deadlineMs: number): Promise<void>
  close(): void
  /** Called when the socket closes without our doing. */
  onLost: ((why: string) => void) | undefined
  /** Epoch ms of the last message that came in. */
  readonly lastReceivedAt: number
  /** Why the challenge of the last REGISTER was left unanswered, if it was. */
  readonly refusedChallenge: string | undefined
}
