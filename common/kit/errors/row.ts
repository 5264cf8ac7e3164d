// One row of the error table: what the compiler asks of everything that can go wrong.

/** `auto`: we retry by ourselves. `user`: worth another try after the remedy. `never`: will fail again unchanged. */
export type Retry = 'auto' | 'user' | 'never'

/** The sections of docs/troubleshooting.md that errors point to, by their anchors. */
export const helpSections = [
  'signing-in-does-not-work',
  'signing-up-does-not-work',
  'what-an-account-may-do',
  'the-server-cannot-be-reached',
  'the-certificate-is-not-trusted',
  'too-many-requests',
  'the-platform-answers-with-an-error',
  'the-extension-cannot-be-made',
  'no-events',
  'the-phone-does-not-register',
  'the-call-is-placed-but-the-phone-does-not-ring',
  'a-dialled-call-is-refused',
  'a-transfer-does-not-work',
  'one-side-hears-nothing',
  'no-transcript',
  'typed-text-is-not-heard',
  'webhooks-do-not-arrive',
  'the-companion-itself',
] as const

export interface ErrorRow {
  readonly retry: Retry
  /** What happened, in one sentence a person understands. */
  readonly say: string
  /** Why, the most likely cause first. */
  readonly why: string
  /** What to do about it. */
  readonly remedy: string
  /** Where the longer story is. */
  readonly help: (typeof helpSections)[number]
}

export type ErrorRows = Readonly<Record<`${string}.${string}`, ErrorRow>>
