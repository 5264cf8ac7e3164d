// Making an account: one form, finished by a code or by a link, whichever the server answers with (contract B.3).
import type { ErrorData } from '../kit/errors.ts'

/**
 *   none → sending ──temp_token──→ code → checking ──key──→ done
 *             │ └──────key─────────────────────────────────↗
 *             └──neither──→ failed          checking ──wrong──→ code
 *
 * `done`: the key signed in. What proves the e-mail address meanwhile stays in main.
 */
export type SignUp =
  | { status: 'none' }
  | { status: 'sending'; email: string }
  | { status: 'code'; email: string; sentAt: number; error?: ErrorData | undefined }
  | { status: 'checking'; email: string; sentAt: number }
  | { status: 'done'; email: string; confirmBy: 'code' | 'link' }
  | { status: 'failed'; email: string; error: ErrorData }
