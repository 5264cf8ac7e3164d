// Recordings of a call: the object, its life and its events; practice keeps no audio file (contract C.7).
import { NIL, type Recording } from '../store/resources.ts'
import type { World } from '../world.ts'
import type { LiveCall } from './live-call.ts'
import { isUp } from './status.ts'

export function startRecording(world: World, live: LiveCall): Recording {
  const { call } = live
  if (!isUp(call) || call.recording_id !== NIL) throw world.dialect.recording.wrongState()
  const row = world.store.row(call.customer_id)
  const recording = world.store.recordings.add({
    ...row,
    owner_type: call.owner_type,
    owner_id: call.owner_id,
    activeflow_id: call.activeflow_id,
    reference_type: 'call',
    reference_id: call.id,
    status: 'recording',
    format: 'wav',
    on_end_flow_id: NIL,
    tm_start: row.tm_create,
    tm_end: null,
  })
  call.recording_id = recording.id
  call.recording_ids.push(recording.id)
  world.events.publish('recording_started', recording)
  live.scope.add(() => stopRecording(world, live))
  return recording
}

export function stopRecording(world: World, live: LiveCall): void {
  const recording = world.store.recordings.get(live.call.recording_id)
  live.call.recording_id = NIL
  if (!recording || recording.status === 'ended') return
  world.store.recordings.change(recording, { status: 'ended', tm_end: world.store.stamp() })
  world.events.publish('recording_finished', recording)
}
