// RFC 5118 section 4: messages with IPv6 addresses, sent to this phone.
import { contact, empty, lines, offer, type TortureMessage, usual } from './message.ts'

const options = (branch: string, uri: string, via: string, more: string[] = []): string =>
  lines(
    `OPTIONS ${uri} SIP/2.0`,
    ...usual('OPTIONS', branch).slice(1),
    `Via: SIP/2.0/UDP ${via};branch=z9hG4bK${branch}`,
    ...more,
    ...empty,
  )

export const ipv6: TortureMessage[] = [
  {
    section: 'RFC 5118 4.1',
    what: 'an IPv6 reference as host',
    text: options('as1', 'sip:$USER@[2001:db8::10]', '[2001:db8::9:1]'),
    fate: '200',
  },
  {
    section: 'RFC 5118 4.2',
    what: 'an IPv6 address without brackets as host',
    text: options('as2', 'sip:$USER@2001:db8::10', '[2001:db8::9:1]'),
    fate: 'dropped',
  },
  {
    section: 'RFC 5118 4.3',
    what: 'a port within the brackets, which then is no port',
    text: options('as3', 'sip:$USER@[2001:db8::10:5070]', '[2001:db8::9:1]'),
    fate: '200',
  },
  {
    section: 'RFC 5118 4.4',
    what: 'a port behind the brackets',
    text: options('as4', 'sip:$USER@[2001:db8::10]:5070', '[2001:db8::9:1]'),
    fate: '200',
  },
  {
    section: 'RFC 5118 4.5 with',
    what: 'a received parameter in brackets',
    text: options('as5', '$US', '[2001:db8::9:1];received=[2001:db8::9:255]'),
    fate: '200',
  },
  {
    section: 'RFC 5118 4.5 without',
    what: 'a received parameter without brackets',
    text: options('as6', '$US', '[2001:db8::9:1];received=2001:db8::9:255'),
    fate: '200',
  },
  {
    section: 'RFC 5118 4.6',
    what: 'a description with IPv6 addresses',
    text: lines('INVITE $US SIP/2.0', ...usual('INVITE', 'v6sdp'), contact, ...offer),
    fate: 'rings',
  },
  {
    section: 'RFC 5118 4.7',
    what: 'addresses of both families in the headers',
    text: lines(
      'INVITE $US SIP/2.0',
      'Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKv64',
      'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKv65;received=192.0.2.255',
      ...usual('INVITE', 'v64').slice(1),
      'Contact: "Caller" <sip:caller@[2001:db8::9:1]>',
      ...offer,
    ),
    fate: 'rings',
  },
  {
    section: 'RFC 5118 4.8',
    what: 'addresses of both families in one description',
    text: lines('INVITE $US SIP/2.0', ...usual('INVITE', 'v6both'), contact, ...offer),
    fate: 'rings',
  },
  {
    section: 'RFC 5118 4.9',
    what: 'IPv4 addresses mapped into IPv6',
    text: lines(
      'INVITE $US SIP/2.0',
      'Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKv6map',
      ...usual('INVITE', 'v6map').slice(1),
      'Contact: "T. desk phone" <sip:ted@[::ffff:192.0.2.2]>',
      ...offer,
    ),
    fate: 'rings',
  },
  {
    section: 'RFC 5118 4.10',
    what: 'three colons in a row, which the grammar of RFC 3261 let through',
    text: options('as7', 'sip:$USER@[2001:db8:::192.0.2.1]', '[2001:db8::9:1]'),
    fate: 'dropped',
  },
]
