// Telephone numbers as people write them, read with Google's rules (ITU E.164). In the window this is loaded when needed.
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min'
import { say, toFormats } from '../words/say.ts'

export interface ReadNumber {
  /** `+4930123456`, what is dialled. */
  e164: string
  /** `+49 30 123456`. */
  shown: string
  /** Of the country code; a code that several share has none. */
  country: string | undefined
  /** What is doubtful about it, in words. The rules may be older than the number: nobody is kept from dialling. */
  doubt: string | undefined
}

/** `home`: two letters of the country whose national way of writing is understood; without one a number needs its +. */
export function readNumber(text: string, home?: string): ReadNumber | undefined {
  const country = home !== undefined && isSupportedCountry(home) ? home : undefined
  const parsed = parsePhoneNumberFromString(text, country)
  if (!parsed) return readUnknown(text.replace(/[\s()./-]/g, ''))
  if (!isE164(parsed.number)) return undefined
  return {
    e164: parsed.number,
    shown: parsed.formatInternational(),
    country: parsed.country && toName(parsed.country),
    doubt: parsed.isValid() ? undefined : toDoubt(parsed.number, parsed.country),
  }
}

/** Not known to the rules at all, such as the platform's own virtual numbers (+999…). */
function readUnknown(e164: string): ReadNumber | undefined {
  if (!isE164(e164)) return undefined
  return { e164, shown: e164, country: undefined, doubt: toDoubt(e164, undefined) }
}

/** At most 15 digits with the country code; fewer than 5 can hardly be a number with one. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{4,14}$/.test(text)
}

/** Of an own number: what people there write without the country code is meant to be called from there. */
export function countryOf(e164: string): string | undefined {
  return parsePhoneNumberFromString(e164)?.country
}

function toDoubt(e164: string, country: CountryCode | undefined): string {
  const where = country === undefined ? say('its country') : toName(country)
  switch (validatePhoneNumberLength(e164)) {
    case 'INVALID_COUNTRY':
      return say('No country has this code.')
    case 'TOO_SHORT':
      return say('It is too short for {where}.', { where })
    case 'TOO_LONG':
      return say('It is too long for {where}.', { where })
    case 'INVALID_LENGTH':
    case 'NOT_A_NUMBER':
      return say('It has the wrong length for {where}.', { where })
    case undefined:
      return say('No such number is known in {where}.', { where })
  }
}

function toName(country: string): string {
  return new Intl.DisplayNames(toFormats(), { type: 'region' }).of(country) ?? country
}
