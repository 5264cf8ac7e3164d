// How a text becomes one in the person's language.
import { afterEach, describe, expect, it } from 'vitest'
import { toLanguage } from '../../../common/words/languages.ts'
import { loadLanguage } from '../../../common/words/load-language.ts'
import { onLanguage, phrase, say, speakIn, toDirection, toFormats } from '../../../common/words/say.ts'

afterEach(() => speakIn('en'))

const missed = '{n, plural, one {# missed call} other {# missed calls}}'

describe('say', () => {
  it('needs no catalogue for English, with values and plurals', () => {
    expect(say('Waiting for calls')).toBe('Waiting for calls')
    expect(say('Ended after {time}', { time: '2:07' })).toBe('Ended after 2:07')
    expect(say(missed, { n: 1 })).toBe('1 missed call')
    expect(say(missed, { n: 1_200 })).toBe('1,200 missed calls')
  })

  it('takes the translation, with all the plurals that its language has', () => {
    const forms = { zero: 'z', one: 'o', two: 't', few: ['#', ' f'], many: ['#', ' m'], other: ['#', ' x'] }
    speakIn('ar', { [missed]: [['n', 'plural', forms]] })
    const said = [0, 1, 2, 3, 11, 100].map((n) => say(missed, { n }))
    expect(said).toEqual(['z', 'o', 't', '3 f', '11 m', '100 x'])
    expect([toDirection(), toFormats()]).toEqual(['rtl', 'ar-u-nu-latn'])
  })

  it('falls back to English where a translation is missing', () => {
    speakIn('ko', {})
    expect(say(missed, { n: 3 })).toBe('3 missed calls')
  })

  it('keeps the direction of what is put into a text from right to left', () => {
    speakIn('ar', { 'Registered as {name}': ['مسجَّل باسم ', ['name']] })
    expect(say('Registered as {name}', { name: 'sip:1001' })).toBe('مسجَّل باسم \u2068sip:1001\u2069')
  })

  it('says a phrase later, in the language of then, also inside another', () => {
    const kept = phrase('Refused: {why}', { why: phrase('busy') })
    expect(JSON.parse(JSON.stringify(kept))).toEqual(kept)
    expect(say(kept)).toBe('Refused: busy')
    speakIn('ko', { 'Refused: {why}': ['거부됨: ', ['why']], busy: '통화 중' })
    expect(say(kept)).toBe('거부됨: 통화 중')
  })

  it('tells who listens when the language changes', () => {
    let told = 0
    const end = onLanguage(() => told++)
    speakIn('ko', {})
    end()
    speakIn('en')
    expect(told).toBe(1)
  })

  it('refuses a text whose values are missing or wrong already in the compiler', () => {
    const never = () => [
      // @ts-expect-error a value is missing
      say('Ended after {time}'),
      // @ts-expect-error another value
      say('Ended after {time}', { tim: '2:07' }),
      // @ts-expect-error the plural needs its number
      say('{n, plural, one {# call} other {# calls}}', {}),
      // @ts-expect-error there is nothing to put in
      say('Waiting', { n: 1 }),
    ]
    expect(never).toBeTypeOf('function')
  })
})

describe('the language of a person', () => {
  it('is the one chosen, or the first of the system’s that is spoken here, or English', () => {
    expect(toLanguage('ar', ['ko-KR'])).toBe('ar')
    expect(toLanguage('system', ['de-DE', 'ko-KR', 'ar'])).toBe('ko')
    expect(toLanguage('system', ['AR_EG'])).toBe('ar')
    expect(toLanguage('system', ['de-DE'])).toBe('en')
    expect(toLanguage('system', [])).toBe('en')
  })

  it('is the last one asked for, whichever catalogue comes first', async () => {
    await Promise.all([loadLanguage('ar'), loadLanguage('ko'), loadLanguage('en')])
    expect(toFormats()).toBe('en-GB')
  })
})
