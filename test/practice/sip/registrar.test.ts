// The registrar as a phone sees it: raw SIP over a real WebSocket.
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { aLine, aPhone, aRegisteredPhone, domain, until } from '../../support/practice/open-line.ts'

const credentialsHeader =
  /^Digest realm="c1\.registrar\.practice\.test", nonce="[0-9a-f]{32}", algorithm=MD5, qop="auth"$/

describe('the registrar', () => {
  it('challenges, then accepts the right password and echoes the contact with its time', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const challenge = await phone.registerOnce([`Contact: <${phone.contact}>`])
    expect(challenge.status).toBe(401)
    expect(challenge.header('www-authenticate')).toMatch(credentialsHeader)
    const answer = await phone.register({ password: 'secret', expires: 300 })
    expect(answer.status).toBe(200)
    expect(answer.all('contact')).toEqual([`<${phone.contact}>;expires=300`])
    expect(line.contacts('2001')).toMatchObject([{ uri: phone.contact }])
  })

  it('refuses a wrong password with 403 and an unknown extension or domain with 404', async () => {
    const line = await aLine()
    expect((await (await aPhone(line)).register({ password: 'guess' })).status).toBe(403)
    expect((await (await aPhone(line, '9999')).register({ password: 'x' })).status).toBe(404)
    const elsewhere = await (await aPhone(line)).register({ password: 'secret', domain: 'other.test' })
    expect(elsewhere.status).toBe(404)
    expect(line.contacts('2001')).toEqual([])
  })

  it('takes a password with quotes in it', async () => {
    const line = await aLine()
    await aRegisteredPhone(line, '2002')
    expect(line.contacts('2002')).toHaveLength(1)
  })

  it('asks again for replayed credentials and takes the next count', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const contact = `Contact: <${phone.contact}>`
    const challenge = (await phone.registerOnce([contact])).header('www-authenticate')
    const credentials = phone.authorise(challenge, 'secret', 1)
    expect((await phone.registerOnce([contact, credentials])).status).toBe(200)
    const replay = await phone.registerOnce([contact, credentials])
    expect(replay.status).toBe(401)
    expect(replay.header('www-authenticate')).toContain('stale=true')
    expect((await phone.registerOnce([contact, phone.authorise(challenge, 'secret', 2)])).status).toBe(200)
  })

  it('answers an invented nonce with a fresh one, not with a refusal', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const invented = phone.authorise(`realm="${domain}", nonce="${'0'.repeat(32)}"`, 'secret')
    const answer = await phone.registerOnce([`Contact: <${phone.contact}>`, invented])
    expect(answer.status).toBe(401)
    expect(answer.header('www-authenticate')).toContain('stale=true')
  })

  it('keeps a contact letter by letter', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const uri = 'sip:AbC%20d@Host.Invalid;transport=ws;Alias=10.0.0.1~5060~5;ob'
    await phone.register({ password: 'secret', contacts: [`"A, B" <${uri}>;+sip.ice;expires=120`] })
    expect(line.contacts('2001').map((contact) => contact.uri)).toEqual([uri])
  })

  it('gives each contact the time it asks for and removes those that ask for none', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const both = await phone.register({
      password: 'secret',
      contacts: [
        '<sip:a@one.invalid;transport=ws>;expires=100, <sip:b@two.invalid;transport=ws>;expires=200',
      ],
    })
    expect(both.all('contact')).toEqual([
      '<sip:a@one.invalid;transport=ws>;expires=100',
      '<sip:b@two.invalid;transport=ws>;expires=200',
    ])
    const one = await phone.register({
      password: 'secret',
      contacts: ['<sip:a@one.invalid;transport=ws>;expires=0'],
    })
    expect(one.all('contact')).toEqual(['<sip:b@two.invalid;transport=ws>;expires=200'])
  })

  it('removes everything for a wildcard, and refuses a wildcard that keeps anything', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    expect((await phone.register({ password: 'secret', contacts: ['*'], expires: 60 })).status).toBe(400)
    expect(line.contacts('2001')).toHaveLength(1)
    expect((await phone.register({ password: 'secret', contacts: ['*'], expires: 0 })).status).toBe(200)
    expect(line.contacts('2001')).toEqual([])
  })

  it('tells the bindings to a request without a contact', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const answer = await phone.register({ password: 'secret', contacts: [] })
    expect(answer.all('contact')).toHaveLength(1)
    expect(answer.header('contact')).toContain(phone.contact)
  })

  it('keeps three devices; the fourth evicts the one closest to its end', async () => {
    const line = await aLine()
    const times = [600, 100, 300, 500]
    const phones = []
    for (const expires of times) {
      const phone = await aPhone(line)
      await phone.register({ password: 'secret', expires })
      phones.push(phone.contact)
    }
    const [first, , third, fourth] = phones
    expect(line.contacts('2001').map(({ uri }) => uri)).toEqual([first, third, fourth])
  })

  it('renews a contact in its place instead of adding a device', async () => {
    const line = await aLine()
    await aRegisteredPhone(line, '2001', { at: 'me@my.invalid' })
    await aRegisteredPhone(line, '2001', { at: 'me@my.invalid' })
    expect(line.contacts('2001')).toHaveLength(1)
  })

  it('keeps the registration of a phone whose socket was cut', async () => {
    const line = await aLine()
    const phone = await aRegisteredPhone(line)
    const gone = new Promise((resolve) => phone.socket.once('close', resolve))
    line.cutSockets()
    expect(await gone).toBe(1006)
    expect(line.contacts('2001')).toHaveLength(1)
  })

  it('forgets everything at a restart and goes on at the same address', async () => {
    const line = await aLine()
    await aRegisteredPhone(line)
    const { url } = line
    await line.restart()
    expect(line.contacts('2001')).toEqual([])
    expect(line.url).toBe(url)
    await aRegisteredPhone(line)
    expect(line.contacts('2001')).toHaveLength(1)
  })

  it('answers with the status on its string, or not at all', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    line.strings.registerStatus = 503
    expect((await phone.register({ password: 'secret' })).status).toBe(503)
    line.strings.registerStatus = 0
    const silent = phone.registerOnce([`Contact: <${phone.contact}>`]).then(
      () => 'answered',
      () => 'gave up',
    )
    line.strings.registerStatus = undefined
    // What comes after the silence is answered: so the silence was no delay.
    const next = await (await aPhone(line)).register({ password: 'secret' })
    expect(next.status).toBe(200)
    await phone.close()
    void silent
  })

  it('holds its answers back for as long as the string says', async () => {
    const received: string[] = []
    const line = await aLine((entry) => received.push(entry))
    const phone = await aPhone(line)
    line.strings.delayMs = 300
    const order: string[] = []
    const slow = phone.registerOnce([`Contact: <${phone.contact}>`]).then(() => order.push('slow'))
    phone.request('OPTIONS', 'practice')
    const late = phone.next(({ header }) => header('cseq') === '1 OPTIONS').then(() => order.push('late'))
    await until('both are there', () => received.filter((entry) => entry.startsWith('<')).length === 2)
    line.strings.delayMs = 0
    phone.request('MESSAGE', 'practice')
    await phone.next(({ header }) => header('cseq') === '1 MESSAGE').then(() => order.push('prompt'))
    await Promise.all([slow, late])
    expect(order[0]).toBe('prompt')
  })

  it('says what it can do, and what it does not', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const ask = (method: string, user: string) => {
      phone.request(method, user)
      return phone.next(
        ({ status, header }) => status >= 200 && header('cseq') === `1 ${method}`,
        `answer to ${method}`,
      )
    }
    expect((await ask('OPTIONS', 'practice')).status).toBe(200)
    expect((await ask('MESSAGE', '2002')).status).toBe(405)
    expect((await ask('UPDATE', '2002')).status).toBe(405)
    expect((await ask('INVITE', '2002')).first).toBe('SIP/2.0 501 Practice connects calls to echo only')
    expect((await ask('INVITE', '9999')).first).toBe('SIP/2.0 404 Unknown extension')
  })

  it('answers keep-alives and survives what is not SIP', async () => {
    const line = await aLine()
    const phone = await aPhone(line)
    const pong = new Promise((resolve) => phone.socket.once('message', (data) => resolve(String(data))))
    phone.send('\r\n\r\n')
    expect(await pong).toBe('\r\n')
    for (const junk of [
      'hello',
      'REGISTER\r\n\r\n',
      'SIP/2.0 200 OK\r\n\r\n',
      `INVITE sip:x SIP/2.0\r\n${'a'.repeat(9000)}`,
    ]) {
      phone.send(junk)
    }
    expect((await phone.register({ password: 'secret' })).status).toBe(200)
  })

  it('refuses a socket that does not speak the sub-protocol', async () => {
    const line = await aLine()
    const socket = new WebSocket(line.url)
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      socket.once('open', () => resolve('open'))
      socket.on('error', () => {})
    })
    expect(status).toBe(400)
    socket.terminate()
  })
})
