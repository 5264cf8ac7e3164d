// The formats that calls leave in, against the rules of each.
import { describe, expect, it } from 'vitest'
import { toExport } from '../../../main/history/export/export.ts'
import { aDetail, aSpokenLine, noon } from '../../support/history.ts'

const line = (id: string, text: string, offsetMs: number, direction: 'in' | 'out' = 'out') =>
  aSpokenLine(id, text, { offsetMs, direction, createdAt: noon + 3_000 + offsetMs })
const two = aDetail([line('a', 'Hello & <welcome> --> here', 1_234), line('b', 'Fine.', 3_725_004, 'in')])
const write = (format: Parameters<typeof toExport>[1], ...details: (typeof two)[]) =>
  toExport(details.length > 0 ? details : [two], format).text

describe('WebVTT', () => {
  it('begins with its name, has a voice in each cue, and no arrow or mark-up of the words', () => {
    expect(write('webvtt')).toBe(`WEBVTT

NOTE 2026-11-20T12:00:00.000Z incoming Mina

a
00:00:01.234 --> 00:00:02.924
<v Mina>Hello &amp; &lt;welcome&gt; --&gt; here</v>

b
01:02:05.004 --> 01:02:06.004
<v You>Fine.</v>
`)
  })
  it('keeps a line break or an arrow in a name or an id from ending a cue or a note', () => {
    const odd = aDetail([line('x-->y\n', 'One\n\ntwo', 0)], { name: 'A\n\nB --> <C>' })
    const text = write('webvtt', odd)
    expect(text.match(/-->/g)).toHaveLength(1)
    expect(text.split('\n\n')).toHaveLength(3)
    expect(text).toContain('<v A B --&gt; &lt;C&gt;>One two</v>')
  })
})

describe('SubRip', () => {
  it('numbers its blocks, has a comma before the milliseconds and a blank line between', () => {
    expect(write('srt')).toBe(`1
00:00:01,234 --> 00:00:02,924
Mina: Hello & <welcome> -> here

2
01:02:05,004 --> 01:02:06,004
You: Fine.
`)
  })
})

describe('times', () => {
  it('are in order, end after they begin, and never lie over the next line', () => {
    const lines = Array.from({ length: 20 }, (_, n) =>
      line(`l${n}`, 'word '.repeat(n * 3 + 1), ((n * 7) % 20) * 700),
    )
    const stamps = [...write('srt', aDetail(lines)).matchAll(/(\S+) --> (\S+)/g)].map(
      ([, from = '', to = '']) => ({ from, to }),
    )
    expect(stamps).toHaveLength(20)
    stamps.forEach(({ from, to }, n) => {
      expect(to > from).toBe(true)
      const next = stamps[n + 1]
      if (next) expect(next.from >= to).toBe(true)
    })
  })
  it('of several calls lie on the clock of the first', () => {
    const later = aDetail([line('c', 'Second call.', 0)], {
      id: 'c2',
      startedAt: noon + 60_000,
      answeredAt: noon + 63_000,
    })
    expect(write('srt', aDetail([line('a', 'First call.', 0)]), later)).toContain('00:01:00,000 --> ')
  })
})

describe('CSV', () => {
  const rows = (text: string) => text.replace('\uFEFF', '').split('\r\n')

  it('has a head, a row a line, CRLF at every end, and the mark that spreadsheets need', () => {
    const text = write('csv')
    expect(
      text.startsWith(
        '\uFEFFcall,began,direction,name,address,outcome,seconds,flagged,note,at,speaker,text,moments\r\n',
      ),
    ).toBe(true)
    expect(rows(text)).toHaveLength(4)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(rows(text)[1]).toBe(
      "c1,2026-11-20T12:00:00.000Z,incoming,Mina,'+15550200001@pstn.voipbin.test,hungUpByThem,60,no,,2026-11-20T12:00:04.234Z,them,Hello & <welcome> --> here,",
    )
  })
  it('puts commas, quotes and line ends in quotes, and doubles the quotes', () => {
    const odd = aDetail([], { name: 'Acme, "Inc"', note: 'one\r\ntwo' })
    expect(write('csv', odd)).toContain(',"Acme, ""Inc""",')
    expect(write('csv', odd)).toContain(',"one\r\ntwo",,,,\r\n')
  })
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://x","y")'])(
    'lets %j be computed by nobody',
    (note) => {
      const cell = write('csv', aDetail([], { note })).split(',no,')[1] ?? ''
      expect(cell).toMatch(/^"?'/)
    },
  )
})

describe('CSV that a spreadsheet splits elsewhere', () => {
  const ends = [';', '\t', '\r', '\n', '; ', ';"']
  const begins = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
  it.each(ends.flatMap((end) => begins.map((begin) => `Fine${end}${begin}1`)))(
    'lets nobody compute the rest of %j',
    (note) => {
      const cell = write('csv', aDetail([], { note })).split(',no,')[1] ?? ''
      expect(cell).toMatch(/^"Fine[;\t\r\n]'/)
    },
  )
  it('leaves a sign in the middle of a line alone', () => {
    expect(write('csv', aDetail([], { note: 'a = b - c' }))).toContain(',no,a = b - c,')
  })
})

describe('JSON', () => {
  it('leaves nothing out', () => {
    expect(JSON.parse(write('json'))).toEqual({
      format: 'voipbin-companion-history',
      version: 1,
      calls: [JSON.parse(JSON.stringify(two))],
    })
  })
})

describe('vCon', () => {
  it('has what the draft asks of a conversation, its parties, dialogs and analysis', () => {
    const vcon = JSON.parse(write('vcon', aDetail(two.entries, { note: 'Call back' })))
    expect(vcon).toMatchObject({
      vcon: '0.4.0',
      created_at: '2026-11-20T12:00:00.000Z',
      parties: [{ name: 'You' }, { name: 'Mina', tel: 'tel:+15550200001' }],
      analysis: [
        { type: 'note', dialog: 0, vendor: 'VoIPBIN Companion', body: 'Call back', encoding: 'none' },
      ],
    })
    expect(vcon.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(vcon.dialog).toEqual([
      {
        type: 'text',
        start: '2026-11-20T12:00:04.234Z',
        duration: 1.69,
        parties: [1, 0],
        mediatype: 'text/plain',
        body: 'Hello & <welcome> --> here',
        encoding: 'none',
      },
      {
        type: 'text',
        start: '2026-11-20T13:02:08.004Z',
        duration: 1,
        parties: [0, 1],
        mediatype: 'text/plain',
        body: 'Fine.',
        encoding: 'none',
      },
    ])
  })
  it('says why there is no dialog', () => {
    const missed = aDetail([], { answeredAt: undefined, outcome: 'canceled' })
    expect(JSON.parse(write('vcon', missed)).dialog).toEqual([
      {
        type: 'incomplete',
        start: '2026-11-20T12:00:00.000Z',
        duration: 0,
        parties: [1, 0],
        disposition: 'no-answer',
      },
    ])
  })
  it('is the same conversation when it is taken twice, and another for another call', () => {
    const uuid = (id: string) => JSON.parse(write('vcon', aDetail([], { id }))).uuid
    expect(uuid('c1')).toBe(uuid('c1'))
    expect(uuid('c2')).not.toBe(uuid('c1'))
  })
})

describe('plain text', () => {
  it('is what a person would write down', () => {
    const detail = aDetail([line('a', 'Typed words.', 5_000)], { note: 'Call back' }, [
      { id: 's', text: 'Typed words.', status: 'heard', createdAt: noon, sentAt: noon },
    ])
    expect(write('txt', detail)).toBe(`Call from Mina (+15550200001@pstn.voipbin.test)
Began 2026-11-20T12:00:00.000Z, 60 s, hungUpByThem

Note: Call back

[00:00:05] You, typed: Typed words.
`)
  })
})

describe('what was pinned and flagged', () => {
  const marked = aDetail(
    two.entries,
    {},
    [],
    [
      { id: 'flag-10', kind: 'flag', at: noon + 13_000 },
      { id: 'pin-b', kind: 'pin', at: noon, lineId: 'b' },
    ],
  )
  it('stands in comments of WebVTT, at the time of the line or of the moment', () => {
    expect(write('webvtt', marked)).toContain(
      '\n\nNOTE Flag 00:00:10.000 in the call with Mina\n\nNOTE Pin 01:02:05.004 in the call with Mina You: Fine.\n\na\n',
    )
  })
  it('stands above the lines of plain text', () => {
    expect(write('txt', marked)).toContain(
      '\n\nFlag [00:00:10]\nPin [01:02:05]: You: Fine.\n\n[00:00:01] Mina',
    )
  })
  it('has a column in CSV, and a row of its own where it is no line', () => {
    const [, first, second, third] = write('csv', marked).split('\r\n')
    expect(first).toMatch(/--> here,$/)
    expect(second).toMatch(/,2026-11-20T12:00:13.000Z,,,flag$/)
    expect(third).toMatch(/,you,Fine.,pin$/)
  })
  it('is an analysis in vCon, with the dialog that it is about', () => {
    expect(JSON.parse(write('vcon', marked)).analysis).toEqual([
      {
        type: 'moments',
        vendor: 'VoIPBIN Companion',
        mediatype: 'application/json',
        body: [
          { kind: 'flag', start: '2026-11-20T12:00:13.000Z' },
          { kind: 'pin', start: '2026-11-20T13:02:08.004Z', dialog: 1 },
        ],
        encoding: 'json',
      },
    ])
  })
  it('survives in JSON, and changes nothing of the subtitles that have no comments', () => {
    expect(JSON.parse(write('json', marked)).calls[0].moments).toEqual(marked.moments)
    expect(write('srt', marked)).toBe(write('srt'))
  })
})

describe('the name of the file', () => {
  it('says which call or how many, in characters that every system takes', () => {
    expect(toExport([two], 'webvtt').name).toBe('call-2026-11-20-12-00-Mina.vtt')
    expect(toExport([aDetail([], { name: '../../etc/passwd \u0000:*' })], 'txt').name).toBe(
      'call-2026-11-20-12-00-etc-passwd.txt',
    )
    expect(toExport([two, two], 'vcon').name).toBe('2-calls-from-2026-11-20-12-00.vcon.json')
  })
})
