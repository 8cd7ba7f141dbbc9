import type { ChildProcess } from 'node:child_process'

type Frame =
  | { id: number; method: string; args: unknown[] }
  | { reply: number; value?: unknown; error?: string }

export type Methods = Record<string, (...args: never[]) => unknown>
export type Peer = { call: (method: string, ...args: unknown[]) => Promise<unknown> }
/** This process towards the one that started it, or a child towards which this one is the starter. */
export type Channel = Pick<ChildProcess, 'on' | 'send' | 'connected'> | NodeJS.Process

/** Calls in both directions over Node's IPC channel. */
export const connect = (channel: Channel, methods: Methods): Peer => {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  const send = (frame: Frame) => {
    if (channel.connected) channel.send?.(frame)
  }

  const serve = async (id: number, method: string, args: unknown[]) => {
    try {
      const run = methods[method]
      if (!run) throw new Error(`the other side has no ${method}`)
      send({ reply: id, value: await run(...(args as never[])) })
    } catch (error) {
      send({ reply: id, error: error instanceof Error ? error.message : String(error) })
    }
  }

  channel.on('message', (message: unknown) => {
    const frame = message as Frame
    if ('method' in frame) return void serve(frame.id, frame.method, frame.args)
    const call = waiting.get(frame.reply)
    waiting.delete(frame.reply)
    if (frame.error === undefined) call?.resolve(frame.value)
    else call?.reject(new Error(frame.error))
  })
  return {
    call: (method, ...args) => {
      const id = ++last
      const call = Promise.withResolvers<unknown>()
      waiting.set(id, call)
      send({ id, method, args })
      return call.promise
    },
  }
}
