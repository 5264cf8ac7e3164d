// What the phone needs of the browser's media. One real implementation; tests give it a silent one.
import type { SessionDescriptionHandler } from 'sip.js'
import type { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PhoneState, SessionMedia, SoundEdge } from '../../common/model/phone.ts'
import type { Settings } from '../../common/model/settings.ts'
import type { Direction } from './description.ts'
import type { FlightTap } from './flight.ts'
import type { MediaPath } from './media-watch.ts'

/** The audio of one session, from its ringing to its end. */
export interface CallAudio {
  /** Given to SIP.js for this session. */
  readonly handler: SessionDescriptionHandler
  /** Builds the answer or the offer of a dialled call ahead and opens the microphone; failures show in `ready`. */
  prepare(offer: string | undefined, direction?: 'incoming' | 'outgoing'): void
  /** Resolves when the microphone is there and the answer built; fails with AppError `media.…`. */
  ready(): Promise<void>
  /** From here on people hear each other: meters and statistics run. */
  start(): void
  /** Plays what the other side sends before it answers; they hear nothing yet. `answer` is the SDP of their 18x. */
  startEarly(answer: string): void
  /**
   * The next offer says `sendonly` (RFC 3264 section 8.4), resp. `sendrecv`. At once nobody hears the other, from then
   * on until `hold(false)`; mute stays as it was.
   */
  hold(held: boolean): void
  setMuted(muted: boolean): void
  /** Silences the ear; what comes is still measured. */
  setSilent(silent: boolean): void
  /** False when RTP events were not negotiated. */
  sendTones(tones: string): boolean
  /** Forgets what was not played yet. */
  stopTones(): void
  levels(): { ear: number; microphone: number }
  /** Why an answer of the other side was refused, for which SIP.js then ends the call. */
  refusal(): AppError | undefined
  /** For the watch over it. A change of the network is told once. */
  path(): Pick<MediaPath, 'state' | 'networkChanged'>
}

export interface CallAudioOptions {
  iceServers: RTCIceServer[]
  /** At most once a second, with everything measured so far. */
  onMedia(media: SessionMedia): void
  onSound(edge: Omit<SoundEdge, 'sessionId'>): void
  /** After each finished negotiation: which way audio may flow now. */
  onDirection(direction: Direction): void
  note(title: string, tone?: 'good' | 'bad' | 'plain'): void
  flight?: FlightTap | undefined
}

export interface MediaKit {
  openCallAudio(scope: Scope, options: CallAudioOptions): CallAudio
  /** Rings until the scope ends. `quiet` while another call is up. */
  ring(scope: Scope, quiet: boolean): void
  testRing(): void
  /** What a caller hears while the other side rings; until the scope ends. */
  ringBack(scope: Scope): void
  /** Level of the microphone while the scope lives, without a call. */
  listen(scope: Scope): () => number
  warmUp(): Promise<void>
  useDevices(devices: Settings['devices']): Promise<void>
  dispose(): Promise<void>
}

/** The parts of the state that media writes. */
export type SetMediaState = (part: Partial<Pick<PhoneState, 'microphone' | 'devices' | 'sound'>>) => void
