// One track of the microphone: how it is asked for, and how it stands in the state.
import { AppError } from '../../common/kit/errors.ts'
import type { PhoneState, SoundProcessing } from '../../common/model/phone.ts'
import { isDeviceGone } from './media-errors.ts'

export const isSame = (one: SoundProcessing, other: SoundProcessing) =>
  one.echoCancellation === other.echoCancellation &&
  one.noiseSuppression === other.noiseSuppression &&
  one.autoGainControl === other.autoGainControl

/** Whether the browser did what the switches say, as far as it tells. */
export function follows(track: MediaStreamTrack, wanted: SoundProcessing): boolean {
  const is = track.getSettings?.() ?? {}
  return (['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const).every(
    (name) => is[name] === undefined || is[name] === wanted[name],
  )
}

/** Two tracks of one device: the default of the system is one of the others. */
export function isSameDevice(one: MediaStreamTrack, other: MediaStreamTrack): boolean {
  const [is, was] = [one.getSettings?.() ?? {}, other.getSettings?.() ?? {}]
  return is.deviceId === was.deviceId || (!!is.groupId && is.groupId === was.groupId)
}

/** With what the browser makes of the switches: it may refuse one without a word. */
export function toOpen(track: MediaStreamTrack, refused: boolean): PhoneState['microphone'] {
  const { echoCancellation, noiseSuppression, autoGainControl } = track.getSettings?.() ?? {}
  const told = Object.entries({ echoCancellation, noiseSuppression, autoGainControl }).filter(
    ([, on]) => typeof on === 'boolean',
  )
  const { label } = track
  return {
    status: 'open',
    label,
    ...(told.length > 0 ? { processing: Object.fromEntries(told) } : {}),
    ...(refused ? { refused } : {}),
  }
}

export const toSilent = (detail: string): PhoneState['microphone'] => ({
  status: 'failed',
  error: new AppError('media.micSilent', { detail }).toData(),
})

/** The chosen device, or the system's default when that one is gone or busy: `refused`. */
export async function getTrack(
  { getUserMedia }: { getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> },
  deviceId: string,
  processing: SoundProcessing,
): Promise<{ track: MediaStreamTrack; refused: boolean }> {
  const ask = async (device?: string) => {
    const audio = { ...processing, channelCount: 1 }
    const chosen = device ? { ...audio, deviceId: { exact: device } } : audio
    const [track] = (await getUserMedia({ audio: chosen })).getAudioTracks()
    if (!track) throw new AppError('media.micMissing')
    return track
  }
  try {
    return { track: await ask(deviceId), refused: false }
  } catch (thrown) {
    if (!deviceId || !isDeviceGone(thrown)) throw thrown
    return { track: await ask(), refused: true }
  }
}
