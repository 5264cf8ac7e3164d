// Errors of a sandbox, VoIPBIN in Docker on one's own machine: the same failures elsewhere mean something else.
import type { ErrorRows } from './row.ts'

export const sandboxErrors = {
  'sandbox.notRunning': {
    retry: 'user',
    say: 'The sandbox does not run: nothing listens at its address.',
    why: 'Docker is not running, or the sandbox was not started.',
    remedy: 'Is Docker running? `docker compose version` must say v2. Then start the sandbox and try again.',
    help: 'the-server-cannot-be-reached',
  },
  'sandbox.portTaken': {
    retry: 'user',
    say: 'Something else than the sandbox answers on port 8443.',
    why: 'Another program took port 8443 before the sandbox was started.',
    remedy: 'End the program that listens on port 8443, then start the sandbox anew.',
    help: 'the-server-cannot-be-reached',
  },
  'sandbox.notReady': {
    retry: 'user',
    say: 'The sandbox refuses its own default sign-in.',
    why: 'Its initialisation has not finished, or it was stopped on the way.',
    remedy: 'Run `init` of the sandbox again, wait until it has ended, then sign in.',
    help: 'signing-in-does-not-work',
  },
  'sandbox.dns': {
    retry: 'user',
    say: 'This machine cannot resolve the names of the sandbox.',
    why: 'The DNS server that comes with the sandbox is not used; a hosts file is not enough, because *.registrar is a wildcard.',
    remedy: 'Do the DNS step of the sandbox: its CoreDNS must answer for voipbin.test. Then try again.',
    help: 'the-server-cannot-be-reached',
  },
} as const satisfies ErrorRows
