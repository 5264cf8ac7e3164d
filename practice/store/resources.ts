// The resources as practice keeps them: the platform's field names, times as RFC 3339 or null (contract C).

export const NIL = '00000000-0000-0000-0000-000000000000'

export interface Row {
  id: string
  customer_id: string
  tm_create: string
  tm_update: string | null
  tm_delete: string | null
}

export interface Address {
  type: string
  target: string
  target_name: string
  name: string
  detail: string
}

export interface Customer extends Row {
  name: string
  detail: string
  email: string
  phone_number: string
  address: string
  webhook_method: string
  webhook_uri: string
  webhook_secret: string
  billing_account_id: string
  metadata: { rtp_debug: boolean }
  email_verified: boolean
  status: 'initial' | 'active' | 'frozen' | 'deleted' | 'expired'
  identity_verification_status: 'none' | 'pending' | 'verified' | 'rejected'
  tm_deletion_scheduled: string | null
}

export interface Agent extends Row {
  username: string
  name: string
  detail: string
  ring_method: 'ringall' | 'linear'
  status: string
  permission: number
  tag_ids: string[]
  addresses: Address[]
}

export interface Accesskey extends Row {
  name: string
  detail: string
  token_prefix: string
  tm_expire: string | null
}

export interface Extension extends Row {
  name: string
  detail: string
  extension: string
  username: string
  password: string
  domain_name: string
  direct_hash: string
}

export interface NumberRow extends Row {
  number: string
  type: 'normal' | 'virtual'
  call_flow_id: string
  message_flow_id: string
  name: string
  detail: string
  status: 'active' | 'deleted'
  t38_enabled: boolean
  emergency_enabled: boolean
  metadata: { rtp_debug: boolean }
  tm_purchase: string
  tm_renew: string
}

export interface FlowAction {
  id: string
  next_id: string
  type: string
  option: Record<string, unknown>
  tm_execute: string | null
}

export type CallStatus = 'dialing' | 'ringing' | 'progressing' | 'terminating' | 'canceling' | 'hangup'
export type HangupReason =
  | ''
  | 'normal'
  | 'failed'
  | 'busy'
  | 'cancel'
  | 'timeout'
  | 'noanswer'
  | 'dialout'
  | 'amd'

export interface Owned {
  owner_type: string
  owner_id: string
}

export interface Call extends Row, Owned {
  flow_id: string
  activeflow_id: string
  type: 'flow' | 'conference' | 'sip-service'
  master_call_id: string
  chained_call_ids: string[]
  recording_id: string
  recording_ids: string[]
  /** Always nil on the platform: its conversion forgets it (contract C.3). */
  groupcall_id: string
  source: Address
  destination: Address
  status: CallStatus
  action: FlowAction
  direction: 'incoming' | 'outgoing'
  mute_direction: '' | 'both' | 'in' | 'out'
  hangup_by: '' | 'remote' | 'local'
  hangup_reason: HangupReason
  metadata: Record<string, unknown>
  tm_ringing: string | null
  tm_progressing: string | null
  tm_hangup: string | null
}

export interface Groupcall extends Row, Owned {
  status: 'progressing' | 'hangingup' | 'hangup'
  flow_id: string
  source: Address
  destinations: Address[]
  master_call_id: string
  master_groupcall_id: string
  ring_method: 'ring_all' | 'linear'
  answer_method: '' | 'hangup_others'
  answer_call_id: string
  call_ids: string[]
  answer_groupcall_id: string
  groupcall_ids: string[]
  call_count: number
  groupcall_count: number
  dial_index: number
}

export type Side = 'in' | 'out'

export interface Transcribe extends Row {
  activeflow_id: string
  on_end_flow_id: string
  reference_type: string
  reference_id: string
  status: 'progressing' | 'done'
  language: string
  direction: Side | 'both'
  provider: string
}

export interface Transcript extends Row {
  transcribe_id: string
  direction: Side
  message: string
  /** An offset as a date in year 1 (contract B.7). */
  tm_transcript: string
}

export interface Speaking extends Row {
  reference_type: string
  reference_id: string
  language: string
  provider: string
  voice_id: string
  direction: '' | Side | 'both'
  status: 'initiating' | 'active' | 'stopped'
}

export interface Recording extends Row, Owned {
  activeflow_id: string
  reference_type: string
  reference_id: string
  status: 'initiating' | 'recording' | 'stopping' | 'ended'
  format: string
  on_end_flow_id: string
  tm_start: string | null
  tm_end: string | null
}

export interface Summary extends Row {
  activeflow_id: string
  on_end_flow_id: string
  reference_type: string
  reference_id: string
  status: 'progressing' | 'done'
  language: string
  content: string
}

export interface BillingAccount extends Row {
  name: string
  detail: string
  plan_type: string
  plan_status: string
  /** Millionths of a dollar (contract C.9). */
  balance_credit: number
  balance_token: number
  payment_type: string
  payment_method: string
  paddle_subscription_id: string
  paddle_customer_id: string
  tm_last_topup: string | null
  tm_next_topup: string | null
}

export interface Contact extends Row {
  first_name: string
  last_name: string
  display_name: string
  company: string
  job_title: string
  source: string
  external_id: string
  notes: string
  addresses: Array<Address & { id: string; contact_id: string; is_primary: boolean }>
  tag_ids: string[]
}
