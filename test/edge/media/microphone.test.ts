// The microphone goes away in the middle of a call, and another one takes over, without a word to the other side.
import { expect, it } from 'vitest'
import { nowMs } from '../peer/facts.ts'
import { shareScene } from '../support/scene.ts'

const scene = shareScene()

/** From here on the page keeps what it opens, so that it can be unplugged. */
const watchMicrophones = () =>
  scene().phone.page.evaluate(() => {
    const devices = navigator.mediaDevices
    const open = devices.getUserMedia.bind(devices)
    const kept: { tracks: MediaStreamTrack[]; missing: boolean } = { tracks: [], missing: false }
    const clone = MediaStreamTrack.prototype.clone
    MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
      const copy = clone.call(this)
      kept.tracks.push(copy)
      return copy
    }
    devices.getUserMedia = async (constraints) => {
      if (kept.missing) throw new DOMException('gone', 'NotFoundError')
      const stream = await open(constraints)
      kept.tracks.push(...stream.getAudioTracks())
      return stream
    }
    Object.assign(globalThis, {
      unplug(all: boolean) {
        kept.missing = all
        // A track that a device leaves is stopped and says so; one that a page stops says nothing.
        for (const track of kept.tracks.splice(0)) {
          track.stop()
          track.dispatchEvent(new Event('ended'))
        }
      },
      plugIn() {
        kept.missing = false
        devices.dispatchEvent(new Event('devicechange'))
      },
    })
  })
declare global {
  var unplug: (all: boolean) => void
  var plugIn: () => void
}

it('goes on with the next device, and negotiates nothing for it', async () => {
  await watchMicrophones()
  const { call, session } = await scene().talk()
  await call.heard.sound()
  await scene().phone.page.evaluate(() => globalThis.unplug(false))
  await call.heard.sound(nowMs())
  expect(call.facts.all.filter((fact) => fact.kind === 'request')).toEqual([])
  expect(await session()).toMatchObject({ status: 'established' })
})

it('says that there is none, keeps the line open with silence, and speaks again when one is plugged in', async () => {
  const { call, until } = await scene().talk()
  await call.heard.sound()
  await scene().phone.page.evaluate(() => globalThis.unplug(true))
  await scene().phone.until('the loss', ({ microphone }) =>
    microphone.status === 'failed' && microphone.error.code === 'media.micMissing' ? true : undefined,
  )
  await until(
    'the session to say so',
    ({ media }) => media?.microphone === 'none' || media?.microphone === 'digitalSilence',
  )
  await call.heard.packet(nowMs())
  const againAt = nowMs()
  await scene().phone.page.evaluate(() => globalThis.plugIn())
  await call.heard.sound(againAt)
})
