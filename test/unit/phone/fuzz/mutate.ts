// Breaks messages: every breakage follows from a number, so that one that did harm can be made again.

export interface Random {
  /** 0 to below `limit`. */
  below(limit: number): number
  pick<T>(from: readonly T[]): T
}

/** Small, even enough, and the same on every machine (xorshift of 32 bits after a mix of the seed). */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0 || 1
  const next = () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
  for (let i = 0; i < 4; i++) next()
  const below = (limit: number) => next() % Math.max(1, limit)
  return {
    below,
    pick: (from) => {
      const found = from[below(from.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
  }
}

/** What parsers trip over. */
const spices = [
  '\u0000',
  '\u0007',
  '\t',
  ' ',
  '   ',
  '\r',
  '\n',
  '\r\n',
  '\r\n ',
  '\r\n\r\n',
  '"',
  '""',
  '\\',
  '\\"',
  "'",
  '<',
  '>',
  '<>',
  '<<',
  '>>',
  ';',
  ';;',
  ';=',
  ';tag=',
  ';tag=x',
  ';branch=',
  ';lr',
  ',',
  ',,',
  ':',
  '::',
  '@',
  '@@',
  '%',
  '%00',
  '%zz',
  '%25%30',
  '?',
  '?a=b',
  '&',
  '=',
  '/',
  '//',
  '*',
  '(',
  ')',
  '()',
  '(((',
  '[',
  ']',
  '[::1]',
  '[:::',
  '{',
  '}',
  '__proto__',
  'constructor',
  'toString',
  'sip:',
  'sips:',
  'tel:+1',
  'SIP/2.0',
  'SIP/3.0',
  'INVITE',
  'z9hG4bK',
  '\u00e9',
  '\u20ac',
  '\ud83d\ude00',
  '\ud800',
  '\ufeff',
  '\u202e',
  '\uffff',
  '0',
  '-1',
  '1e9',
  '4294967296',
  '99999999999999999999',
  'NaN',
  'null',
  'undefined',
  'v=0',
  'm=audio 9',
  'm=audio 0',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=crypto:1 AES_CM_128',
  'a=sendonly',
  'a=inactive',
  'a=candidate:',
  'a=fingerprint:',
  'a=setup:holdconn',
  'c=IN IP4 0.0.0.0',
  'c=IN IP6 ::',
] as const

type Mutation = (text: string, random: Random, another: () => string) => string

const splice = (text: string, at: number, remove: number, insert: string) =>
  text.slice(0, at) + insert + text.slice(at + remove)

/** Changes some lines and joins them again. */
const byLine =
  (change: (lines: string[], at: number, random: Random) => void): Mutation =>
  (text, random) => {
    const lines = text.split('\r\n')
    change(lines, random.below(lines.length), random)
    return lines.join('\r\n')
  }

const mutations: readonly Mutation[] = [
  (text, random) => splice(text, random.below(text.length), 1, String.fromCharCode(random.below(256))),
  (text, random) => splice(text, random.below(text.length), 0, random.pick(spices)),
  (text, random) => splice(text, random.below(text.length), random.below(12), random.pick(spices)),
  (text, random) => splice(text, random.below(text.length), 1 + random.below(40), ''),
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => text.slice(random.below(Math.min(text.length, 80))),
  (text, random) => {
    const at = random.below(text.length)
    return splice(text, at, 0, text.slice(at, at + random.below(60)).repeat(1 + random.below(30)))
  },
  (text, random) => splice(text, random.below(text.length), 0, random.pick(spices).repeat(random.below(900))),
  // A number becomes another one.
  (text, random) => {
    const numbers = [...text.matchAll(/\d+/g)]
    const found = numbers[random.below(numbers.length)]
    const other = random.pick([
      '',
      '0',
      '-1',
      '00000001',
      '2147483648',
      '4294967297',
      '1e5',
      '65536',
      '999999999999',
    ])
    return found ? splice(text, found.index, found[0].length, other) : text
  },
  // The other way of ending lines, once or everywhere.
  (text, random) =>
    random.below(2)
      ? text.replaceAll('\r\n', random.pick(['\n', '\r', '\n\r']))
      : text.replace(/\r\n(?=\S)/, '\n'),
  (text, random) => text.replace(/: /g, random.pick([':', ' : ', ':\t', ':\r\n ', '='])),
  byLine((lines, at) => lines.splice(at, 1)),
  byLine((lines, at) => lines.splice(at, 0, lines[at] ?? '')),
  byLine((lines, at, random) => lines.splice(at, 0, ...Array(1 + random.below(200)).fill(lines[at] ?? ''))),
  byLine((lines, at, random) => lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1))),
  byLine((lines, at, random) => {
    lines[at] = (lines[at] ?? '').replace(
      /^[^:]+/,
      random.pick([
        'Via',
        'v',
        'To',
        'From',
        'CSeq',
        'Contact',
        'm',
        'Require',
        'Replaces',
        'Content-Length',
        'l',
        'Expires',
        'Record-Route',
        'Event',
        'Refer-To',
        'Session-Expires',
        'x',
      ]),
    )
  }),
  byLine((lines, at, random) => {
    const value = lines[at] ?? ''
    lines[at] = random.below(2) ? value.toUpperCase() : value.split('').reverse().join('')
  }),
  // The head of one message and the rest of another.
  (text, random, another) => text.slice(0, random.below(text.length)) + another().slice(random.below(300)),
  (text, _random, another) => {
    const head = text.split('\r\n\r\n')[0] ?? ''
    const body = another().split('\r\n\r\n')[1] ?? ''
    return `${head}\r\n\r\n${body}`
  },
]

/** One to four breakages. The length is put right half of the time, so that what is broken in the body is also read. */
export function mutate(text: string, random: Random, another: () => string): string {
  let broken = text
  for (let i = 1 + random.below(4); i > 0; i--) broken = random.pick(mutations)(broken, random, another)
  return random.below(2) ? withLength(broken) : broken
}

function withLength(text: string): string {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return text
  const length = new TextEncoder().encode(text.slice(end + 4)).length
  return text.slice(0, end).replace(/^(Content-Length|l)(\s*:)[^\r\n]*/im, `$1$2 ${length}`) + text.slice(end)
}
