import type { Playable, Rate } from '../port.ts'
import { createTrack, type OpenPcm, type Track } from './player-track.ts'

/** Items one after the other without a gap, perhaps from the first again and again. */
export type Player = {
  /**
   * Writes over all of `into` with the next samples at this rate, and silence where there are none. False: silence
   * alone, because nothing is there yet, or it is over.
   */
  readonly read: (into: Int16Array, rate: Rate) => boolean
  readonly state: () => 'open' | 'played' | 'failed'
  /** For people, once it failed. */
  readonly problem: () => string | undefined
  /** Ticks that were short of samples, since it began to be heard. */
  readonly underruns: () => number
  /** Idempotent. */
  readonly close: () => void
}

export type PlayerOptions = {
  readonly items: readonly Playable[]
  readonly loop: boolean
  readonly gainDb: number
  readonly openPcm: OpenPcm
}

const EMPTY_LOOP = 'There is nothing to be heard in what is to be repeated.'

const amplify = (samples: Int16Array, factor: number): void => {
  for (let i = 0; i < samples.length; i += 1) {
    const sample = Math.round((samples[i] ?? 0) * factor)
    samples[i] = sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample
  }
}

/** The next item is opened when the one before begins, so that its file is read before it is needed. */
export const createPlayer = ({ items, loop, gainDb, openPcm }: PlayerOptions): Player => {
  const factor = 10 ** (gainDb / 20)
  let state: 'open' | 'played' | 'failed' = 'open'
  let problem: string | undefined
  let index = 0
  let hasBegun = false
  /** Tracks in a row that brought nothing: a loop of them would never end. */
  let empty = 0
  let hasBrought = false
  let underruns = 0

  const open = (at: number): Track | undefined => {
    const item = items[loop && items.length > 0 ? at % items.length : at]
    return item && createTrack(item, openPcm)
  }
  let current = open(0)
  let next = open(1)

  const close = () => {
    current?.close()
    next?.close()
    current = next = undefined
  }

  const end = (how: 'played' | 'failed', message?: string) => {
    state = how
    problem = message
    close()
  }

  const advance = () => {
    empty = hasBrought ? 0 : empty + 1
    if (loop && empty >= items.length) {
      end('failed', EMPTY_LOOP)
      return
    }
    current?.close()
    current = next
    index += 1
    next = open(index + 1)
    hasBrought = false
    if (!current) end('played')
  }

  /** How many samples there are; goes on to the next items as long as they are there. */
  const fill = (into: Int16Array, rate: Rate): number => {
    let at = 0
    while (current) {
      const count = at < into.length ? current.read(into, at, rate) : 0
      at += count
      hasBrought ||= count > 0
      const message = current.problem()
      if (message !== undefined) end('failed', message)
      else if (current.isOver()) advance()
      else break
    }
    return at
  }

  if (!current) state = 'played'
  return {
    read: (into, rate) => {
      const count = fill(into, rate)
      if (count < into.length) into.fill(0, count)
      if (hasBegun && count < into.length && state === 'open') underruns += 1
      hasBegun ||= count > 0
      if (count > 0 && factor !== 1) amplify(into, factor)
      return count > 0
    },
    state: () => state,
    problem: () => problem,
    underruns: () => underruns,
    close,
  }
}
