// `recording_start` and `recording_stop`: the object and its events; practice keeps no audio file.
import { startRecording, stopRecording } from '../../call/recording.ts'
import { type Action, amount } from '../action.ts'
import { tone } from './sound.ts'

export const recordingStart: Action = async ({ world, live, scope, signal }, option) => {
  if (option.beep_start === true) await live.mouth.play(tone(880, 200), signal)
  startRecording(world, live)
  const seconds = amount(option.duration, 0)
  if (seconds > 0) scope.after(seconds * 1000, () => stopRecording(world, live))
}

export const recordingStop: Action = ({ world, live }) => {
  stopRecording(world, live)
}
