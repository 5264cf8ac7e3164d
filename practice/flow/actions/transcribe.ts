// `transcribe_start` and `transcribe_stop`.
import { createTranscribe } from '../../transcribe/create-transcribe.ts'
import type { Action } from '../action.ts'

export const transcribeStart: Action = ({ world, live }, option) => {
  const language = typeof option.language === 'string' && option.language ? option.language : 'en-US'
  createTranscribe(world, live, { language, direction: option.direction, provider: option.provider })
}

export const transcribeStop: Action = ({ live }) => {
  for (const stop of [...live.transcribers.values()]) stop()
}
