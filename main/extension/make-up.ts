// Names and passwords for extensions, from the system's randomness.
import { randomInt } from 'node:crypto'

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_'

/** `companion-` and six characters: about 30 bits, enough to keep the machines of one customer apart. */
export function makeUpName(): string {
  return `companion-${pick(letters, 6)}`
}

/** 32 characters of 58: about 187 bits. Only characters that need no quoting in SIP, JSON or a shell. */
export function makeUpPassword(): string {
  return pick(signs, 32)
}

function pick(from: string, count: number): string {
  return Array.from({ length: count }, () => from[randomInt(from.length)]).join('')
}
