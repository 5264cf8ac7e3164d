// AI calls and their messages on the wire → as little as is needed to see that an AI does not answer (contract C.8, E.4).
import { z } from 'zod'
import { Id, OptionalId, Text } from './values.ts'

export const WireAiCall = z
  .object({ id: Id, status: Text, reference_id: OptionalId, assistance_id: OptionalId })
  .transform((wire) => ({
    id: wire.id,
    status: wire.status,
    callId: wire.reference_id ?? '',
    assistanceId: wire.assistance_id ?? '',
  }))

export const WireAiMessage = z
  .object({ id: OptionalId, aicall_id: Id, role: Text, content: Text })
  .transform((wire) => ({
    id: wire.id ?? '',
    aiCallId: wire.aicall_id,
    role: wire.role,
    empty: wire.content.trim() === '',
  }))
