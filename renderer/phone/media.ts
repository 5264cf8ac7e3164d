// The browser's media as one kit: microphone, speaker, ringer, meters.

import { AppError } from '../../common/kit/errors.ts'
import { createScope } from '../../common/kit/scope.ts'
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
  const speaker = createSpeaker(note)
  const ringer = createRinger(context, note)
  // Missing in an insecure context; then every opening is refused with a reason.
  const devices: MediaDevices | undefined = navigator.mediaDevices
  const readDevices = watchDevices(
    scope,
    devices,
    (found) => set({ devices: found }),
    () => void microphone.retry(),
  )
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
    async useDevices(chosen) {
      await Promise.all([
        microphone.choose(chosen.microphone),
        speaker.choose(chosen.speaker),
        ringer.use(chosen.ringer, chosen.ringVolume),
      ])
    },
    async dispose() {
      microphone.close()
      await scope.end()
      await context.close()
    },
  }
}
