// Errors of the customer's webhook and of the local receiver.
import type { ErrorRows } from './row.ts'

export const webhookErrors = {
  'webhook.notAdmin': {
    retry: 'never',
    say: 'Only admins can change webhooks.',
    why: 'The account is an agent or a manager, or its permission was taken away after the sign-in.',
    remedy: 'Sign in as an administrator of the customer, or with an access key.',
    help: 'webhooks-do-not-arrive',
  },
  'webhook.noPrevious': {
    retry: 'never',
    say: 'There is no previous webhook to put back.',
    why: 'It was not changed from here, or it was put back already.',
    remedy: 'Type the address that it should have.',
    help: 'webhooks-do-not-arrive',
  },
  'receiver.portTaken': {
    retry: 'user',
    say: 'The port of the webhook receiver is in use.',
    why: 'Another program listens on it, maybe a second companion.',
    remedy: 'Choose another port in Settings, or 0 for a free one, and start the receiver again.',
    help: 'webhooks-do-not-arrive',
  },
  'receiver.failed': {
    retry: 'user',
    say: 'The webhook receiver could not be started.',
    why: 'The port needs special rights (below 1024), or the network is being changed.',
    remedy: 'Choose a port above 1024, or 0 for a free one, and start the receiver again.',
    help: 'webhooks-do-not-arrive',
  },
} as const satisfies ErrorRows
