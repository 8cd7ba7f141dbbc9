import type { Header } from '../message/message.ts'
import type { CallEnd } from './types.ts'

/** The end of a call, which its owner is told once. */
export type Ending = {
  readonly hasEnded: () => boolean
  /** It is over, and the other side knows. */
  readonly finish: (end: CallEnd) => void
  /** It is over, and the other side is told: at once, or when its ACK has come (RFC 3261 §15). */
  readonly hangUp: (end: CallEnd, headers?: readonly Header[]) => void
  /** It is over, and nobody has to be told. */
  readonly abandon: (end: CallEnd) => void
  /** The ACK that a BYE waited for has come. */
  readonly release: () => void
  /** Nothing more comes from the other side. */
  readonly settle: () => void
  /** Resolves then. */
  readonly settled: Promise<void>
}

export const createEnding = (deps: {
  mustWait: () => boolean
  sendBye: (headers: readonly Header[]) => Promise<unknown>
  /** Nobody needs the dialog any more. */
  released: () => void
  ended: (end: CallEnd) => void
}): Ending => {
  let hasEnded = false
  let farewell: (() => void) | undefined
  const { promise: settled, resolve } = Promise.withResolvers<undefined>()
  const settle = () => {
    deps.released()
    resolve(undefined)
  }

  const finish = (end: CallEnd) => {
    farewell = undefined
    if (hasEnded) return
    hasEnded = true
    deps.ended(end)
  }

  return {
    hasEnded: () => hasEnded,
    finish,
    hangUp: (end, headers = []) => {
      if (hasEnded) return
      finish(end)
      const send = () => void deps.sendBye(headers).then(settle)
      if (deps.mustWait()) farewell = send
      else send()
    },
    abandon: (end) => {
      finish(end)
      settle()
    },
    release: () => {
      const send = farewell
      farewell = undefined
      send?.()
    },
    settle,
    settled,
  }
}
