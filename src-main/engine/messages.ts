import type { Level } from '../platform/log.ts'
import type { PortRange } from './io/ports.ts'
import { EngineError, type Engine, type EngineErrorCode, type EngineEvent } from './port.ts'

/** What the engine does in its thread; its face adds what needs no thread. */
export type Commands = Omit<Engine, 'capabilities' | 'on'>
export type CommandName = keyof Commands

/** A command as it is performed: it may throw instead of rejecting, and answer at once. */
export type Performers = {
  readonly [N in CommandName]: (
    ...args: Parameters<Commands[N]>
  ) => ReturnType<Commands[N]> | Awaited<ReturnType<Commands[N]>>
}

export type EngineOptions = {
  /** Where legs receive. */
  readonly ports: PortRange
  /** So long nothing may come of a leg that should send. */
  readonly mediaTimeoutMs: number
  readonly limits: { readonly legs: number; readonly rooms: number }
}

export type ToThread =
  | {
      readonly kind: 'command'
      readonly id: number
      readonly name: CommandName
      readonly args: readonly unknown[]
    }
  | { readonly kind: 'close' }

/** In the order in which things happened: events that a command caused stand before its answer. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'refused'
      readonly id: number
      readonly code: EngineErrorCode
      readonly message: string
    }
  | { readonly kind: 'broken'; readonly id: number; readonly message: string }
  | { readonly kind: 'events'; readonly events: readonly EngineEvent[] }
  | {
      readonly kind: 'log'
      readonly level: Level
      readonly message: string
      readonly fields: Record<string, unknown>
    }

export const failure = (id: number, error: unknown): FromThread => {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof EngineError) return { kind: 'refused', id, code: error.code, message }
  return { kind: 'broken', id, message }
}
