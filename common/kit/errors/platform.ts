// Errors that the platform answers over REST, about extensions too.
import type { ErrorRows } from './row.ts'

export const platformErrors = {
  'platform.badRequest': {
    retry: 'never',
    say: 'The platform did not understand the request.',
    why: 'A field is not as this release of the platform wants it.',
    remedy: 'See the trace for its answer. If the input looks right, please report it.',
    help: 'the-platform-answers-with-an-error',
  },
  'platform.notFound': {
    retry: 'never',
    say: 'The platform does not know this object (any more).',
    why: 'It was deleted; it belongs to another customer; or it does not exist yet, as a call just placed.',
    remedy: 'It was deleted or never existed. Run the step before again.',
    help: 'the-platform-answers-with-an-error',
  },
  'platform.conflict': {
    retry: 'never',
    say: 'The state of the object does not allow that now.',
    why: 'Something else is being done with it, or it is over or deleted.',
    remedy: 'Wait for the current action to end, then try again.',
    help: 'the-platform-answers-with-an-error',
  },
  'platform.rateLimited': {
    retry: 'auto',
    say: 'Too many requests; the platform asks to slow down.',
    why: 'Somebody of this customer, or this address, asks too often: a program in a loop, or many devices.',
    remedy: 'Nothing to do: it goes on by itself. The limit is shared by everybody of this customer.',
    help: 'too-many-requests',
  },
  'platform.broken': {
    retry: 'user',
    say: 'The platform had an internal error.',
    why: 'The platform uses this answer for many things: a duplicate, a limit of the plan, a call that is over, or a fault of its own.',
    remedy: 'Try again. If it persists, report the request id shown in the trace.',
    help: 'the-platform-answers-with-an-error',
  },
  'platform.unavailable': {
    retry: 'user',
    say: 'A part of the platform is not available.',
    why: 'A part of it restarts or is overloaded, or something is not configured on this server.',
    remedy: 'Try again in a moment.',
    help: 'the-platform-answers-with-an-error',
  },
  'platform.malformed': {
    retry: 'user',
    say: 'The answer of the server is not one of VoIPBIN.',
    why: 'Another program listens at this address and port: a proxy, a login page, or another service.',
    remedy: 'Check the API address: something else may listen there, such as a proxy or a login page.',
    help: 'the-server-cannot-be-reached',
  },
  'platform.noSpeechToText': {
    retry: 'never',
    say: 'This server has no speech-to-text provider.',
    why: 'No key of a speech-to-text provider was given to this server, as in most sandboxes.',
    remedy: 'Configure one on the server; calls work without it, transcripts do not.',
    help: 'no-transcript',
  },
  'extension.taken': {
    retry: 'user',
    say: 'The extension exists already, and this account may not see it.',
    why: 'Another device made it, and the list does not show it to this account; or the limit of the plan is reached.',
    remedy: 'Choose another extension name in Settings, or delete unused extensions.',
    help: 'the-extension-cannot-be-made',
  },
  'extension.noDomain': {
    retry: 'never',
    say: 'The SIP domain cannot be told from an API address that is a number.',
    why: 'The phone registers at a name below the base domain of the server, and an IP address has no name.',
    remedy:
      'Give the base domain of the server, such as voipbin.example: in Settings, or with --base-domain.',
    help: 'the-phone-does-not-register',
  },
  'extension.limit': {
    retry: 'user',
    say: 'The platform made no extension, and there is none of this name.',
    why: 'The number of extensions that the plan allows is reached; or the platform has a fault.',
    remedy:
      'Delete extensions that nobody uses, or take a larger plan. An existing one can be chosen in Settings.',
    help: 'the-extension-cannot-be-made',
  },
  'extension.missing': {
    retry: 'user',
    say: 'There is no extension to register yet.',
    why: 'It was not made yet, or it was removed.',
    remedy: 'Run the extension step first.',
    help: 'the-extension-cannot-be-made',
  },
} as const satisfies ErrorRows
