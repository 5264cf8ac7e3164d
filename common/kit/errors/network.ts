// Errors on the way to the platform: the network, certificates, the event socket.
import type { ErrorRows } from './row.ts'

export const networkErrors = {
  'network.unreachable': {
    retry: 'auto',
    say: 'The platform cannot be reached.',
    why: 'This machine is offline, or a proxy or firewall closes the connection.',
    remedy: 'Check the network and the API address in Settings.',
    help: 'the-server-cannot-be-reached',
  },
  'network.nameUnknown': {
    retry: 'user',
    say: 'The name of the server cannot be resolved.',
    why: 'A typing error in the address; this machine is offline; or the DNS server of a sandbox is not used.',
    remedy: 'Check the address for typing errors. In the sandbox, check that its DNS server is used.',
    help: 'the-server-cannot-be-reached',
  },
  'network.refused': {
    retry: 'user',
    say: 'The server refuses the connection.',
    why: 'Nothing listens there: the server does not run, the port is wrong, or a firewall refuses it. In a sandbox: Docker is not running.',
    remedy: 'Check that the server runs and that the port is right.',
    help: 'the-server-cannot-be-reached',
  },
  'network.timeout': {
    retry: 'user',
    say: 'The server did not answer in time.',
    why: 'A firewall drops the packets, or the server is overloaded.',
    remedy: 'Try again. If it persists, a firewall may drop the packets.',
    help: 'the-server-cannot-be-reached',
  },
  'network.untrusted': {
    retry: 'never',
    say: 'The certificate of the server is not trusted.',
    why: 'The server signed its certificate itself, as sandboxes do; its authority is not known here; or somebody sits in between.',
    remedy:
      'Compare the fingerprint with the one of your server; pin it for this host only if they are equal.',
    help: 'the-certificate-is-not-trusted',
  },
  'network.proxyFailed': {
    retry: 'user',
    say: 'The proxy of this system does not let the connection through.',
    why: 'The proxy is not there, does not know the server, or forbids its port.',
    remedy: 'Check the proxy settings of the system, or name the server in NO_PROXY if it needs none.',
    help: 'the-server-cannot-be-reached',
  },
  'network.proxyLogin': {
    retry: 'user',
    say: 'The proxy of this system wants a user name and a password.',
    why: 'None stand in the proxy settings, or they are wrong.',
    remedy: 'Write them into the variable: HTTPS_PROXY=http://user:password@proxy:port. Then start again.',
    help: 'the-server-cannot-be-reached',
  },
  'network.caFile': {
    retry: 'user',
    say: 'The file with the authorities of the server cannot be used.',
    why: 'It is not there, may not be read, or holds no certificate in PEM form.',
    remedy: 'Choose a file that begins with -----BEGIN CERTIFICATE-----, or empty the field in Settings.',
    help: 'the-certificate-is-not-trusted',
  },
  'events.refused': {
    retry: 'never',
    say: 'The platform closed the event socket because it refuses a topic.',
    why: 'The role is too low for the events of the whole customer, or the customer id is not the own one.',
    remedy: 'The account lacks the permission or the customer id is wrong. Sign in as manager or admin.',
    help: 'no-events',
  },
  'events.signedOut': {
    retry: 'user',
    say: 'Events have stopped because the sign-in is no longer taken.',
    why: 'The token or key ended while the socket was away.',
    remedy: 'Sign in again: they go on by themselves, and what was missed is read.',
    help: 'no-events',
  },
  'events.silent': {
    retry: 'auto',
    say: 'The event socket is open but silent.',
    why: 'The platform lost the subscription, or a proxy holds the messages back.',
    remedy: 'Nothing to do: the companion reads the state over REST meanwhile.',
    help: 'no-events',
  },
  'events.lost': {
    retry: 'auto',
    say: 'The event socket was lost.',
    why: 'The network changed, the server restarted, or a proxy closed an idle connection.',
    remedy: 'Nothing to do: it reconnects and reads what was missed.',
    help: 'no-events',
  },
} as const satisfies ErrorRows
