// Telephone numbers as people write them, by the rules of each country.
import { expect, test } from 'vitest'
import { countryOf, isE164, readNumber } from '../../../common/kit/phone-number.ts'

test.each([
  ['+49 (30) 1234567', undefined, '+49301234567', '+49 30 1234567', 'Germany'],
  ['030 1234567', 'DE', '+49301234567', '+49 30 1234567', 'Germany'],
  ['(212) 555-2368', 'US', '+12125552368', '+1 212 555 2368', 'United States'],
  ['00 44 20 7946 0958', 'DE', '+442079460958', '+44 20 7946 0958', 'United Kingdom'],
])('%s from %s is %s', (text, home, e164, shown, country) => {
  expect(readNumber(text, home)).toEqual({ e164, shown, country, doubt: undefined })
})

test.each([
  ['030 1234567', undefined],
  ['2000', undefined],
  ['desk', 'DE'],
  ['', 'DE'],
  ['030 1234567', 'XX'],
])('%s from %s is no number', (text, home) => {
  expect(readNumber(text, home)).toBeUndefined()
})

test.each([
  ['+49301', 'It is too short for Germany.'],
  ['+1 123 456 7890', 'No such number is known in its country.'],
  ['+1 212 555 23680', 'It is too long for its country.'],
  ['+999 000 000 001', 'No country has this code.'],
])('%s is doubted, not refused: %s', (text, doubt) => {
  expect(readNumber(text)?.doubt ?? 'not read').toBe(doubt)
})

test('E.164 is + and 5 to 15 digits, the first not a zero', () => {
  for (const good of ['+15550100001', '+49301', '+999000000001']) expect(isE164(good)).toBe(true)
  for (const bad of ['15550100001', '+0301234567', '+1234', '+1234567890123456', '+49 30'])
    expect(isE164(bad)).toBe(false)
})

test('the country of an own number is where national numbers are meant to be called from', () => {
  expect(countryOf('+49301234567')).toBe('DE')
  expect(countryOf('+999000000001')).toBeUndefined()
})
