// An AI takes part in a call and says nothing: most often its keys at the provider are not valid (contract I.34).
import { AppError } from '../../common/kit/errors.ts'
import type { Scope } from '../../common/kit/scope.ts'
import type { PlatformEvent } from '../platform/platform.ts'

/** A model that thinks for longer than this is of no use in a call. */
export const aiSilentMs = 15_000

export interface AiSilenceParts {
  /** Calls that are shown here; AI calls of others are none of our business. */
  isOurs(callId: string): boolean
  tell(error: AppError): void
}

/** Told once a call, from the moment that the AI is at work to its first words. */
export function watchAi(scope: Scope, parts: AiSilenceParts): (event: PlatformEvent) => void {
  const waiting = new Map<string, () => void>()
  const spoke = new Set<string>()
  const stop = (id: string) => {
    waiting.get(id)?.()
    waiting.delete(id)
  }
  return (event) => {
    if (event.kind === 'aiMessage' && event.message.role === 'assistant' && !event.message.empty) {
      spoke.add(event.message.aiCallId)
      if (spoke.size > 100) spoke.delete(spoke.keys().next().value ?? '')
      stop(event.message.aiCallId)
    }
    if (event.kind !== 'aiCall') return
    const { id, status, callId, assistanceId } = event.aiCall
    if (status !== 'progressing') return stop(id)
    if (waiting.has(id) || spoke.has(id)) return
    const cancel = scope.after(aiSilentMs, () => {
      waiting.delete(id)
      if (!parts.isOurs(callId)) return
      parts.tell(new AppError('call.aiSilent', { detail: assistanceId && `AI ${assistanceId}` }))
    })
    waiting.set(id, cancel)
  }
}
