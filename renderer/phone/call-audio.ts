// The audio of one session in the browser: description, microphone, playback, meters and statistics together.
import { AppError, toAppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { SessionMedia } from '../../common/model/phone.ts'
import type { SharedAudioContext } from './audio-context.ts'
import { closePeer } from './close-peer.ts'
import { createDescription } from './description.ts'
import { gapMs, toneMs } from './dtmf.ts'
import { createRtpReader, followPath } from './flight.ts'
import type { CallAudio, CallAudioOptions } from './media-kit.ts'
import { type Meter, openMeter } from './meter.ts'
import type { Microphone } from './microphone.ts'
import { watchNetwork } from './network-change.ts'
import { createQualityJudge } from './quality.ts'
import { openSilence } from './silent-track.ts'
import type { Playback, Speaker } from './speaker.ts'
import { type StatsFigures, toFigures } from './stats.ts'

export interface CallAudioParts {
  microphone: Microphone
  speaker: Speaker
  context: SharedAudioContext
}

const silenceMs = 3000

export function openCallAudio(scope: Scope, parts: CallAudioParts, options: CallAudioOptions): CallAudio {
  const ear = new MediaStream()
  const voice = new MediaStream()
  let track: MediaStreamTrack | undefined
  let muted = false
  let held = false
  let silent = false
  /** People hear us: not before the call is answered. */
  let open = false
  let playing = false
  let preparing: Promise<void> | undefined
  let playback: Playback | undefined
  /** Unplugged, and no other there yet. */
  let lost = false
  let refusal: AppError | undefined
  let theySend = true
  let earMeter: Meter | undefined
  let voiceMeter: Meter | undefined
  let everSpoke = false
  let toldSilent = false
  /** What earlier microphones of this session had said before they were replaced. */
  const spoken: { firstAt: number | undefined; ms: number } = { firstAt: undefined, ms: 0 }

  const description = createDescription({
    iceServers: options.iceServers,
    onTrack: (remote) => {
      for (const old of ear.getTracks()) if (old !== remote) ear.removeTrack(old)
      ear.addTrack(remote)
    },
    onDirection: (direction) => {
      // Off hold: attached anew, because an element was seen to stay silent on a track that had paused (sip.js#1059).
      if (direction.theySend && !theySend) playback?.again()
      theySend = direction.theySend
      options.onDirection(direction)
    },
    onRefused: (error) => {
      refusal = error
      options.note(`answer refused: ${error.detail ?? ''}`, 'bad')
    },
  })
  scope.add(() => closePeer(description.peer))
  description.peer.addEventListener('iceconnectionstatechange', () => {
    const state = description.peer.iceConnectionState
    options.note(`ICE ${state}`, state === 'failed' ? 'bad' : state === 'connected' ? 'good' : 'plain')
  })

  followPath(description.peer, options.flight)
  const readRtp = createRtpReader()

  const networkChanged = watchNetwork(scope)

  /** The sender goes on with silence: an edge cuts a leg that sends nothing (contract F.4). */
  const gate = () => {
    if (track) track.enabled = open && !muted && !held
    playback?.silence(silent || held)
  }

  const play = () => {
    if (playing) return
    playing = true
    playback = parts.speaker.play(scope, ear)
    earMeter = openMeter(scope, parts.context, ear, {
      onEdge: (edge) => options.onSound({ where: 'ear', ...edge }),
      onFrame: (rms, at) => options.flight?.frame('ear', rms, at),
    })
  }

  const take = async (next: MediaStreamTrack) => {
    if (track) voice.removeTrack(track)
    track = next
    lost = false
    gate()
    voice.addTrack(next)
    const sent = description.send(next)
    if (voiceMeter) measureVoice()
    await sent.catch((error: unknown) => options.note(`microphone: ${String(error)}`, 'bad'))
  }

  /** An ended track sends nothing at all, and then the edge cuts the leg (contract F.4). */
  const loseMicrophone = () => {
    if (scope.ended) return
    options.note('the microphone is gone: silence is sent', 'bad')
    void take(openSilence(scope, parts.context))
    lost = true
  }

  let voiceScope = scope.child('microphone meter')
  const measureVoice = () => {
    spoken.firstAt ??= voiceMeter?.firstAt()
    spoken.ms += voiceMeter?.soundMs() ?? 0
    void voiceScope.end()
    voiceScope = scope.child('microphone meter')
    const stream = new MediaStream(voice.getTracks())
    voiceMeter = openMeter(voiceScope, parts.context, stream, {
      onEdge: (edge) => options.onSound({ where: 'microphone', ...edge }),
      onFrame: (rms, at) => options.flight?.frame('microphone', rms, at),
    })
  }

  const microphoneState = (): SessionMedia['microphone'] => {
    if (!track || lost) return 'none'
    if (muted || held) return 'muted'
    const zeros = voiceMeter?.zerosMs() ?? 0
    if (zeros < silenceMs) {
      if (voiceMeter && voiceMeter.level() > 0 && !everSpoke) {
        everSpoke = true
        if (toldSilent) parts.microphone.reportSilence(false)
      }
      return 'live'
    }
    // A prompt that has ended is silence too; only a microphone that never gave anything is broken.
    if (!everSpoke && !toldSilent) {
      toldSilent = true
      parts.microphone.reportSilence(true)
    }
    return 'digitalSilence'
  }

  const judge = createQualityJudge()

  const toMedia = (figures: StatsFigures): SessionMedia => {
    const firstHeardAt = earMeter?.firstAt()
    const firstSpokenAt = spoken.firstAt ?? voiceMeter?.firstAt()
    const { packetsSent, packetsReceived, packetsLost, codec } = figures
    const microphone = microphoneState()
    const theyShouldSend = theySend && !held
    return {
      packetsSent,
      packetsReceived,
      packetsLost,
      ...(codec === undefined ? {} : { codec }),
      ...judge.look({ at: Date.now(), figures, theyShouldSend, weShouldSend: !held, microphone }),
      heardMs: earMeter?.soundMs() ?? 0,
      spokenMs: spoken.ms + (voiceMeter?.soundMs() ?? 0),
      ...(firstHeardAt === undefined ? {} : { firstHeardAt }),
      ...(firstSpokenAt === undefined ? {} : { firstSpokenAt }),
      microphone,
      ice: description.peer.iceConnectionState,
    }
  }

  const measure = async () => {
    const report = await description.peer.getStats().catch(() => undefined)
    if (!report || scope.ended) return
    options.onMedia(toMedia(toFigures(report)))
    options.flight?.rtp(readRtp(report))
  }

  return {
    handler: description.handler,
    prepare(offer) {
      if (preparing) return
      const answer = description.prepare(offer)
      const opened = parts.microphone.acquire(scope, take, loseMicrophone)
      preparing = Promise.all([answer, opened]).then(() => {})
      // The failure is told by `ready`, when somebody wants to answer.
      preparing.catch(() => {})
    },
    async ready() {
      try {
        await (preparing ?? parts.microphone.acquire(scope, take, loseMicrophone))
      } catch (error) {
        // Plugged in or allowed since: one more try, asked for by the person.
        preparing = parts.microphone.acquire(scope, take, loseMicrophone)
        preparing.catch(() => {})
        await preparing.catch((again: unknown) => {
          throw toAppError(again ?? error)
        })
      }
      if (scope.ended) throw new AppError('call.gone')
    },
    start() {
      if (scope.ended) return
      description.meet()
      open = true
      play()
      gate()
      measureVoice()
      scope.every(1000, () => void measure())
      void measure()
    },
    startEarly(answer) {
      if (scope.ended) return
      play()
      description
        .early(answer)
        .catch((error: unknown) => options.note(`early media: ${String(error)}`, 'bad'))
    },
    hold(next) {
      held = next
      description.hold(next)
      gate()
    },
    setMuted(next) {
      muted = next
      gate()
    },
    setSilent(next) {
      silent = next
      gate()
    },
    sendTones(tones) {
      const dtmf = description.sender()?.dtmf
      if (!dtmf?.canInsertDTMF) return false
      // It replaces what still waits to be played.
      dtmf.insertDTMF(dtmf.toneBuffer + tones, toneMs, gapMs)
      return true
    },
    stopTones: () => description.sender()?.dtmf?.insertDTMF(''),
    levels: () => ({
      ear: earMeter?.level() ?? 0,
      microphone: muted || held ? 0 : (voiceMeter?.level() ?? 0),
    }),
    refusal: () => refusal,
    path: () => ({ state: description.peer.connectionState, networkChanged: networkChanged() }),
  }
}
