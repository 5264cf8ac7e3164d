// What a screen reader is given: names, roles and states of all call controls, from Chromium's own accessibility tree.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, type Gallery, type GalleryBrowser, startGallery } from '../../support/gallery.ts'

/** `button “Mute”, pressed`: every node of the tree that is not ignored and has a name. */
async function readTree({ cdp }: Gallery): Promise<string[]> {
  const { nodes } = await cdp.send('Accessibility.getFullAXTree')
  return nodes
    .filter((node) => !node.ignored && node.name?.value)
    .map((node) => {
      const states = (node.properties ?? [])
        .filter(({ name }) => ['pressed', 'expanded', 'disabled', 'checked', 'selected'].includes(name))
        .map(({ name, value }) => (name === 'disabled' ? 'disabled' : `${name} ${value.value}`))
      return [`${node.role?.value} “${node.name?.value}”`, ...states].join(', ')
    })
}

describe.skipIf(!chromiumPath)('the accessibility tree', { timeout: 120_000 }, () => {
  let browser: GalleryBrowser
  let gallery: Gallery
  beforeAll(async () => {
    browser = await startGallery()
    gallery = await browser.open({ viewport: { width: 1_100, height: 760 } })
  })
  afterAll(() => browser?.close())

  async function tree(id: string) {
    await gallery.show(id)
    return readTree(gallery)
  }
  /** The words of the regions that are read by themselves. */
  const told = () => gallery.page.locator('[role="status"]').allInnerTexts()

  it('names the places of the window and heads every screen', async () => {
    for (const [id, heading] of [
      ['quickstart-first', 'From nothing to a call you can read and speak into.'],
      ['call-idle', 'Waiting for calls'],
      ['history-list', 'History'],
      ['trace-full', 'Trace'],
      ['settings-practice', 'Settings'],
    ] as const) {
      const nodes = await tree(id)
      expect(nodes, id).toEqual(
        expect.arrayContaining(['navigation “Screens”', 'region “Status”', `heading “${heading}”`]),
      )
    }
  })

  it('says what each key of a call does, and whether it is on', async () => {
    expect(await tree('call-keypad')).toEqual(
      expect.arrayContaining([
        'button “Mute”, pressed true',
        'button “Hold”, pressed false',
        'button “Keypad”, expanded true',
        'button “Transfer”, expanded false',
        'button “Hang up”',
        'button “star”',
      ]),
    )
    expect(await tree('call-held')).toContain('button “Hold”, pressed true')
    expect(await tree('call-connecting')).toEqual(
      expect.arrayContaining(['button “Mute”, disabled, pressed false', 'button “Hang up”']),
    )
  })

  it('tells of a call that rings as a dialog with both answers, alone, beside a call and on other screens', async () => {
    expect(await tree('call-ringing')).toEqual(
      expect.arrayContaining([
        'alertdialog “Incoming call: VoIPBIN test call”',
        'button “Decline”',
        'button “Answer”',
      ]),
    )
    const focused = await gallery.page.evaluate(() => document.activeElement?.textContent?.trim())
    expect(focused).toBe('Answer')
    for (const id of ['call-second', 'trace-ringing']) {
      expect(await tree(id)).toEqual(expect.arrayContaining(['button “Decline”', 'button “Answer”']))
      expect(await gallery.page.locator('[role="alert"]', { hasText: 'Answer' }).count()).toBe(1)
    }
    expect(await tree('callwindow-name')).toEqual(
      expect.arrayContaining(['alertdialog “Incoming call: Mina Hartmann”', 'button “Answer”']),
    )
  })

  it('reads out that a call is up, held, muted and over, and whether calls can come', async () => {
    await tree('call-live')
    expect(await told()).toContain('In a call with VoIPBIN test call.')
    await tree('call-keypad')
    expect(await told()).toContain('In a call with VoIPBIN test call. Your microphone is muted.')
    await tree('call-held')
    expect((await told()).join()).toContain('In a call with VoIPBIN test call. On hold by you.')
    await tree('call-ended')
    expect(await told()).toContain('VoIPBIN test call: They hung up')
    expect(await told()).toContain('The phone is registered: calls can come.')
    await tree('call-notices')
    expect((await told()).join()).toContain('no calls can come')
  })

  it('gives a level, a list and a field their names', async () => {
    expect(await tree('call-live')).toEqual(
      expect.arrayContaining(['image “Level: You hear”', 'image “Level: You say”', 'region “Transcript”']),
    )
    expect(await tree('history-list')).toEqual(
      expect.arrayContaining(['listbox “Calls”', 'searchbox “Search the history”']),
    )
    expect(await tree('trace-detail')).toContain('listbox “Trace”')
    expect(await tree('settings-practice')).toContain('slider “Ring volume”')
  })
})
