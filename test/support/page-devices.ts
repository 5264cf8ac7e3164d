// Pulls the plug of a fake device in a page, and plugs it in again: what the browser's own fake devices cannot do.
import type { Page } from '@playwright/test'

declare global {
  var plugs: { gone: Set<string>; tracks: Set<MediaStreamTrack>; tell(): void }
}

/** From then on devices of this page can be unplugged. At the border of the browser: the program is not touched. */
export async function preparePlugs(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { mediaDevices: media } = navigator
    const list = media.enumerateDevices.bind(media)
    const open = media.getUserMedia.bind(media)
    const plugs = {
      gone: new Set<string>(),
      tracks: new Set<MediaStreamTrack>(),
      tell: () => void media.dispatchEvent(new Event('devicechange')),
    }
    globalThis.plugs = plugs
    // A clone goes with its device.
    const clone = MediaStreamTrack.prototype.clone
    MediaStreamTrack.prototype.clone = function () {
      const copy = clone.call(this)
      plugs.tracks.add(copy)
      return copy
    }
    media.enumerateDevices = async () => (await list()).filter(({ deviceId }) => !plugs.gone.has(deviceId))
    media.getUserMedia = async (constraints) => {
      const asked = typeof constraints?.audio === 'object' ? constraints.audio.deviceId : undefined
      const wanted = typeof asked === 'object' && 'exact' in asked ? String(asked.exact) : ''
      if (plugs.gone.has(wanted)) throw new DOMException('Requested device not found', 'NotFoundError')
      const stream = await open(constraints)
      for (const track of stream.getAudioTracks()) plugs.tracks.add(track)
      return stream
    }
  })
}

/** As the browser does it: its tracks end, the list is shorter, a change is told. */
export const unplug = (page: Page, ids: readonly string[]) =>
  page.evaluate((gone) => {
    for (const id of gone) globalThis.plugs.gone.add(id)
    for (const track of globalThis.plugs.tracks) {
      if (track.readyState === 'ended' || !gone.includes(track.getSettings().deviceId ?? '')) continue
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }
    globalThis.plugs.tell()
  }, ids)

export const plugIn = (page: Page, ids: readonly string[]) =>
  page.evaluate((back) => {
    for (const id of back) globalThis.plugs.gone.delete(id)
    globalThis.plugs.tell()
  }, ids)
