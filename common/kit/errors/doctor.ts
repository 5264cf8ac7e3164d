// What the doctor can find that no feature would meet by itself, or could not name.
import type { ErrorRows } from './row.ts'

export const doctorErrors = {
  'doctor.noNetwork': {
    retry: 'user',
    say: 'This machine has no network.',
    why: 'No adapter has an address: cable or Wi-Fi is off, or a flight mode is on.',
    remedy: 'Connect the machine to a network and run the doctor again.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.tunnel': {
    retry: 'user',
    say: 'A VPN or virtual adapter is up.',
    why: 'It may take over the way to the platform, and many let no sound (UDP) through.',
    remedy: 'If something below fails, switch the VPN off and run the doctor again, then compare both runs.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.clockOff': {
    retry: 'user',
    say: 'The clock of this machine is wrong.',
    why: 'Automatic time is off, or the machine slept for long. Certificates and sign-ins then seem ended or not yet begun.',
    remedy: 'Switch automatic date and time on in the system settings.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.nameServerSilent': {
    retry: 'user',
    say: 'The name server does not answer.',
    why: 'The DNS server of this network is down, blocked, or belongs to a VPN that is off.',
    remedy: 'Choose another DNS server in the system settings, or ask who runs this network.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.ipv6Broken': {
    retry: 'user',
    say: 'The server has an IPv6 address that cannot be reached from here.',
    why: 'This network hands out IPv6 but does not carry it. Each connection first waits for it.',
    remedy: 'Tell who runs this network, or switch IPv6 off for this adapter.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.certificateEnded': {
    retry: 'user',
    say: 'The certificate of the server has ended or has not begun.',
    why: 'Nobody renewed it, or the clock of this machine is wrong.',
    remedy: 'Check the clock; if it is right, ask who runs the server to renew the certificate.',
    help: 'the-certificate-is-not-trusted',
  },
  'doctor.certificateName': {
    retry: 'never',
    say: 'The certificate was made for another server.',
    why: 'The address is not the one of the server, a portal answers in its place, or the certificate is the wrong one.',
    remedy: 'Check the address. In a hotel or guest network open a web page and sign in there first.',
    help: 'the-certificate-is-not-trusted',
  },
  'doctor.intercepted': {
    retry: 'user',
    say: 'Somebody between here and the server reads the encrypted connection.',
    why: 'A company proxy or a virus scanner opens TLS and signs it anew with an authority of its own.',
    remedy:
      'Ask the administrator to exempt the addresses of the allow-list below from inspection, or give the authority’s file in Settings.',
    help: 'the-certificate-is-not-trusted',
  },
  'doctor.noEncryption': {
    retry: 'user',
    say: 'The server takes the connection but does not speak TLS.',
    why: 'The port belongs to something else, the address should begin with http://, or a firewall cuts encrypted connections.',
    remedy:
      'Check port and scheme of the address. If another network works, a firewall here cuts the connection.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.portal': {
    retry: 'user',
    say: 'A sign-in page of this network answers in place of the server.',
    why: 'Hotels, trains and guest networks lead everything to their own page until one has signed in there.',
    remedy: 'Open any web page, sign in to the network, and run the doctor again.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.notVoipbin': {
    retry: 'never',
    say: 'Something answers there, but it is not a VoIPBIN API.',
    why: 'The address is that of a web site or of another service, or a path is missing.',
    remedy: 'Check the API address in Settings.',
    help: 'the-server-cannot-be-reached',
  },
  'doctor.upgradeLost': {
    retry: 'user',
    say: 'The connection for events does not get through.',
    why: 'A proxy or firewall on the way does not know WebSocket and drops the upgrade.',
    remedy: 'Ask the administrator to let WebSocket (wss) through to the addresses of the allow-list below.',
    help: 'no-events',
  },
  'doctor.edgeUnreachable': {
    retry: 'user',
    say: 'No SIP edge can be reached.',
    why: 'A firewall blocks its port, or none of the candidate addresses belongs to this server.',
    remedy:
      'Ask the administrator to open the edge addresses of the allow-list below, or give the edge address in Settings.',
    help: 'the-phone-does-not-register',
  },
  'doctor.edgeNotSip': {
    retry: 'user',
    say: 'The edge address answers, but not as a SIP edge.',
    why: 'Something else listens there, or a proxy on the way drops the WebSocket upgrade.',
    remedy: 'Check the edge address in Settings; it speaks WebSocket with the subprotocol sip.',
    help: 'the-phone-does-not-register',
  },
  'doctor.stunSilent': {
    retry: 'user',
    say: 'The STUN server does not answer.',
    why: 'UDP to it is blocked, its address or port is wrong, or it is down.',
    remedy:
      'Check its address in Settings. If no STUN or TURN server answers over UDP, this network blocks UDP.',
    help: 'one-side-hears-nothing',
  },
  'doctor.udpBlocked': {
    retry: 'user',
    say: 'This network blocks UDP.',
    why: 'A firewall lets TCP out only. Sound goes over UDP: calls connect, and nobody hears anything.',
    remedy:
      'Ask the administrator to open UDP as in the allow-list below, or use a TURN server over TCP or TLS.',
    help: 'one-side-hears-nothing',
  },
  'doctor.turnLogin': {
    retry: 'user',
    say: 'The TURN server refuses user name or password.',
    why: 'They are wrong or have ended: many TURN passwords are valid for some hours only.',
    remedy: 'Enter user name and password of the TURN server anew in Settings.',
    help: 'one-side-hears-nothing',
  },
  'doctor.turnRefused': {
    retry: 'user',
    say: 'The TURN server answers but gives no relay.',
    why: 'It is full, the user has no right or no quota left, or the server at that address is a STUN server only.',
    remedy: 'Ask who runs the TURN server; the code of its answer stands in the evidence.',
    help: 'one-side-hears-nothing',
  },
  'doctor.turnUnreachable': {
    retry: 'user',
    say: 'The TURN server cannot be reached in this way.',
    why: 'A firewall blocks its port for UDP, TCP or TLS, or the address is wrong.',
    remedy: 'Check the address; add the same server over TCP or over TLS on port 443.',
    help: 'one-side-hears-nothing',
  },
  'doctor.natStrict': {
    retry: 'user',
    say: 'This network changes the port for each server (symmetric NAT).',
    why: 'What a STUN server sees is not what the other side sees. Sound needs a relay then.',
    remedy:
      'Calls through the platform’s own relay work. If there is no sound, add a TURN server in Settings.',
    help: 'one-side-hears-nothing',
  },
} as const satisfies ErrorRows
