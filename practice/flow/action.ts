// What a flow action is: something a call does, one after the other (contract D).
import type { Scope } from '../../common/kit/scope.ts'
import type { LiveCall } from '../call/live-call.ts'
import type { World } from '../world.ts'

export interface FlowContext {
  world: World
  live: LiveCall
  /** Ends with the call. */
  scope: Scope
  /** Aborted when the call ends. */
  signal: AbortSignal
}

export type Option = Record<string, unknown>

/** Where to go on: `stop` ends the flow, `goto` names the id of another action; nothing = the next one. */
export type Next = undefined | { goto: string } | 'stop'

export type Action = (context: FlowContext, option: Option) => Next | Promise<Next>

/** A text with its `${variables}` filled in; unknown ones are empty. */
export function fill(live: LiveCall, value: unknown): string {
  if (typeof value !== 'string') return ''
  return value.replace(/\$\{([^}]+)\}/g, (_, name: string) => live.variables.get(name.trim()) ?? '')
}

/** A number within bounds, or the default where there is none. */
export function amount(value: unknown, otherwise: number, most = 86_400_000): number {
  const number = typeof value === 'number' ? value : Number(value)
  return Number.isFinite(number) && number >= 0 ? Math.min(number, most) : otherwise
}
