// Signing out: ends what runs, forgets the passwords and whose records are shown; of the profile it was asked for.
import { AppError, toAppError } from '../common/kit/errors.ts'
import type { Log } from '../common/kit/log.ts'
import type { AccountFeature } from './account/account.ts'
import type { ExtensionFeature } from './extension/extension.ts'
import type { InTurn } from './in-turn.ts'
import type { QuickstartRunner } from './quickstart/runner.ts'
import type { CustomerWebhookFeature } from './webhook/customer-webhook.ts'

interface SignOutParts {
  inTurn: InTurn
  /** Id of the profile in use. */
  profile(): string
  quickstart: Pick<QuickstartRunner, 'stop'>
  extension: Pick<ExtensionFeature, 'forget'>
  account: Pick<AccountFeature, 'signOut' | 'owner'>
  webhook: Pick<CustomerWebhookFeature, 'forget'>
  leave(): Promise<void>
  forgetRecords(): Promise<void>
  log: Log
}

export function createSignOut(parts: SignOutParts): () => Promise<void> {
  const { quickstart, extension, account, webhook, log } = parts
  return () => {
    const asked = parts.profile()
    return parts.inTurn(async () => {
      if (parts.profile() !== asked)
        throw new AppError('app.stopped', { detail: 'another profile is in use' })
      await quickstart.stop()
      await extension
        .forget()
        .catch((thrown) => log.warn('the password of the extension stays', toAppError(thrown).code))
      await webhook
        .forget(account.owner())
        .catch((thrown) => log.warn('the webhook before stays', toAppError(thrown).code))
      await parts.leave()
      await account.signOut()
      await parts.forgetRecords()
    })
  }
}
