// Every action type of the platform: those practice runs, and those it takes but skips as a failing action is skipped.
import type { Action } from './action.ts'
import { aiSummary } from './actions/ai-summary.ts'
import { answer } from './actions/answer.ts'
import { connect } from './actions/connect.ts'
import { digitsReceive } from './actions/digits-receive.ts'
import { echo } from './actions/echo.ts'
import { branch, goTo } from './actions/goto.ts'
import { hangup, stop } from './actions/hangup.ts'
import { recordingStart, recordingStop } from './actions/recording.ts'
import { sleep } from './actions/sleep.ts'
import { beep, play } from './actions/sound.ts'
import { talk } from './actions/talk.ts'
import { transcribeStart, transcribeStop } from './actions/transcribe.ts'
import { variableSet } from './actions/variable-set.ts'

export const running: Record<string, Action> = {
  ai_summary: aiSummary,
  answer,
  beep,
  branch,
  connect,
  digits_receive: digitsReceive,
  echo,
  goto: goTo,
  hangup,
  play,
  recording_start: recordingStart,
  recording_stop: recordingStop,
  sleep,
  stop,
  stream_echo: echo,
  talk,
  transcribe_start: transcribeStart,
  transcribe_stop: transcribeStop,
  variable_set: variableSet,
}

/** These need parts of the platform that practice does not have: other parties, AIs, queues, mail, the web. */
const skipped = new Set([
  'ai_talk',
  'amd',
  'call',
  'condition_call_digits',
  'condition_call_status',
  'condition_datetime',
  'condition_variable',
  'confbridge_join',
  'conference_join',
  'conversation_send',
  'digits_send',
  'email_send',
  'external_media_start',
  'external_media_stop',
  'fetch',
  'fetch_flow',
  'message_send',
  'mute',
  'queue_join',
  'transcribe_recording',
  'webhook_send',
])

export const isActionType = (type: unknown): type is string =>
  typeof type === 'string' && (Object.hasOwn(running, type) || skipped.has(type))
