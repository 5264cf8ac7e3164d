// The browser's media as one kit: microphone, speaker, ringer, meters.

import { AppError } from '../../common/kit/errors.ts'
import { createScope } from '../../common/kit/scope.ts'
import { toProcessing, toUsed } from '../../common/model/devices.ts'
import type { PhoneState } from '../../common/model/phone.ts'
import type { Settings } from '../../common/model/settings.ts'
import { createSharedAudioContext } from './audio-context.ts'
import { openCallAudio } from './call-audio.ts'
import { watchDevices } from './devices.ts'
import type { MediaKit, SetMediaState } from './media-kit.ts'
import { type Meter, openMeter } from './meter.ts'
import { createMicrophone } from './microphone.ts'
import { playRingBack } from './ring-back.ts'
import { createRinger } from './ringer.ts'
import { createSpeaker } from './speaker.ts'
import { warmUpParser, warmUpPeerConnection } from './warm-up.ts'

export function createMediaKit(set: SetMediaState, note: (title: string) => void): MediaKit {
  const scope = createScope('media')
  const context = createSharedAudioContext()
  let sound: PhoneState['sound']
  const showSound = (next: PhoneState['sound']) => {
    sound = next
    set({ sound })
  }
  const speaker = createSpeaker(note, (refused) => {
    if (sound) showSound({ ...sound, speaker: { ...sound.speaker, refused } })
  })
  const ringer = createRinger(context, note)
  // Missing in an insecure context; then every opening is refused with a reason.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  let chosen: Settings['devices'] | undefined
  let there: PhoneState['devices'] = { inputs: [], outputs: [] }
  /** A chosen device that comes back is taken again; one that goes leaves the default of the system. */
  const follow = async () => {
    if (!chosen) return
    const used = toUsed(chosen, there)
    showSound({ microphone: used.microphone, speaker: { ...used.speaker, refused: speaker.refused() } })
    await Promise.all([
      microphone.choose(used.microphone.id, toProcessing(chosen, used.microphone.id)),
      speaker.choose(used.speaker.id),
      ringer.use(used.ringer.id, chosen.ringVolume),
    ])
  }
  const readDevices = watchDevices(scope, devices, {
    set(found) {
      there = found
      set({ devices: found })
      void follow()
    },
    onChange: () => void microphone.retry(),
    onDefault: () => void microphone.defaultChanged(),
  })
  const microphone = createMicrophone({
    getUserMedia: async (constraints) => {
      if (!devices) throw new AppError('media.micDenied', { detail: 'the page is not a secure context' })
      return devices.getUserMedia(constraints)
    },
    set: (state) => set({ microphone: state }),
    onOpened: readDevices,
  })
  return {
    openCallAudio: (sessionScope, options) =>
      openCallAudio(sessionScope, { microphone, speaker, context }, options),
    ring: (ringScope, quiet) => ringer.ring(ringScope, quiet),
    testRing: () => ringer.ringOnce(),
    ringBack: (ringScope) => playRingBack(ringScope, context, speaker),
    listen(listenScope) {
      let meter: Meter | undefined
      let meterScope = listenScope.child('level')
      const measure = (track: MediaStreamTrack) => {
        void meterScope.end()
        meterScope = listenScope.child('level')
        meter = openMeter(meterScope, context, new MediaStream([track]), { onEdge: () => {} })
      }
      // Why it failed is in the state of the microphone.
      microphone.acquire(listenScope, measure).catch(() => {})
      return () => meter?.level() ?? 0
    },
    async warmUp() {
      const short = scope.child('warm up')
      context.use(short)
      warmUpParser()
      await Promise.allSettled([microphone.warmUp(), warmUpPeerConnection(), context.measure()])
      await short.end()
    },
    async useDevices(next) {
      chosen = next
      await follow()
    },
    async dispose() {
      microphone.close()
      await scope.end()
      await context.close()
    },
  }
}
