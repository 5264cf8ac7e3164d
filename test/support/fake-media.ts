// Media without a browser: says yes at once, and lets a test decide what goes wrong and what is heard.
import type { AppError } from '../../common/kit/errors.ts'
import type { SessionMedia } from '../../common/model/phone.ts'
import type { CallAudioOptions, MediaKit } from '../../renderer/phone/media-kit.ts'

export interface FakeMedia {
  kit: MediaKit
  /** `prepare`, `ring`, `ring ended`, `start`, `muted`, `closed`, … in their order. */
  readonly steps: string[]
  microphoneError: AppError | undefined
  /** False: RTP events were not negotiated. */
  rtpEvents: boolean
  ice: RTCPeerConnectionState
  /** Descriptions are read and made only when it resolves, when set; never, as on a closed peer connection. */
  descriptionGate: Promise<void> | undefined
  /** Held back until resolved, when set. */
  readyGate: Promise<void> | undefined
  readonly calls: CallAudioOptions[]
}

export const someMedia: SessionMedia = {
  packetsSent: 50,
  packetsReceived: 50,
  packetsLost: 0,
  heardMs: 0,
  spokenMs: 0,
  microphone: 'live',
  ice: 'connected',
}

export function createFakeMedia(): FakeMedia {
  const steps: string[] = []
  const calls: CallAudioOptions[] = []
  const fake: FakeMedia = {
    steps,
    calls,
    microphoneError: undefined,
    rtpEvents: true,
    ice: 'connected',
    readyGate: undefined,
    descriptionGate: undefined,
    kit: {
      openCallAudio(scope, options) {
        calls.push(options)
        scope.add(() => steps.push('closed'))
        return {
          handler: {
            close: () => {},
            getDescription: async () => {
              await fake.descriptionGate
              return { body: 'v=0\r\na=fake answer\r\n', contentType: 'application/sdp' }
            },
            setDescription: async () => fake.descriptionGate,
            hasDescription: (type) => type === 'application/sdp',
            rollbackDescription: async () => {},
            sendDtmf: () => false,
          },
          prepare: () => steps.push('prepare'),
          async ready() {
            await fake.readyGate
            if (fake.microphoneError) throw fake.microphoneError
          },
          start: () => steps.push('start'),
          startEarly: () => steps.push('start early'),
          hold: (held) => steps.push(held ? 'hold' : 'off hold'),
          setMuted: (muted) => steps.push(muted ? 'muted' : 'unmuted'),
          setSilent: (silent) => steps.push(silent ? 'silent' : 'sounding'),
          sendTones: (tones) => {
            if (fake.rtpEvents) steps.push(`tones ${tones}`)
            return fake.rtpEvents
          },
          stopTones: () => steps.push('keys stopped'),
          levels: () => ({ ear: 0.5, microphone: 0.25 }),
          refusal: () => undefined,
          path: () => ({ state: fake.ice, networkChanged: false }),
        }
      },
      ring(scope, quiet) {
        steps.push(quiet ? 'ring quietly' : 'ring')
        scope.add(() => steps.push('ring ended'))
      },
      testRing: () => steps.push('test ring'),
      ringBack(scope) {
        steps.push('ring back')
        scope.add(() => steps.push('ring back ended'))
      },
      listen: () => () => 0,
      warmUp: async () => {},
      useDevices: async () => {},
      dispose: async () => {},
    },
  }
  return fake
}
