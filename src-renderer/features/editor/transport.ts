import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EditList } from '#contract/edit-list'
import type { Law } from '#sound/telephone/caller-path'
import { createSession, type PlayRange, type Session } from './play-session.ts'
import { createScrubber } from './scrubber.ts'
import type { OpenOutput, Output, RenderSound } from './output.ts'

export type TransportState = {
  status: 'stopped' | 'starting' | 'playing'
  error: string | null
  /** What the loudspeaker does differently from the file, in words. */
  note: string | null
  isCaller: boolean
  law: Law
}

export type TransportHost = {
  open: OpenOutput
  render: RenderSound
  /** Calls back later; the answer forgets it. */
  wait: (ms: number, run: () => void) => () => void
  /** Whatever else sounds in the app falls silent. */
  silenceOthers: () => void
}

export type Transport = {
  store: StoreApi<TransportState>
  /** From a frame to the end of the list or of the range; `loop` begins again at its start. */
  play: (range: PlayRange) => void
  stop: () => void
  /** Stops, and answers with the frame that was heard last. */
  pause: () => number | undefined
  seek: (frame: number) => void
  /** What was changed is heard as soon as what already sounds is over; `move` maps old frames to new. */
  setList: (list: EditList, move: (frame: number) => number) => void
  /** A loop that moves while it plays; undefined plays on to the end. */
  setLoop: (loop: { from: number; to: number } | undefined) => void
  /** A short sound from a frame, while somebody drags. */
  scrub: (frame: number) => void
  setCaller: (isCaller: boolean) => void
  setLaw: (law: Law) => void
  /** How much louder the file is than what a caller hears, dB; without it, it is estimated. */
  setLevelDifference: (db: number | undefined) => void
  position: () => number | undefined
  onChange: (listener: () => void) => () => void
}

const grainS = 0.08
const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const createListeners = () => {
  const listeners = new Set<() => void>()
  return {
    tell: () => listeners.forEach((listener) => listener()),
    listen: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** One loudspeaker at a time, at the rate of the list. */
const createLoudspeaker = (open: OpenOutput, opened: (output: Output) => void) => {
  let output: Output | undefined
  return {
    current: () => output,
    at: ({ sample_rate_hz: rate }: EditList): Output => {
      if (output?.sampleRateHz === rate) return output
      output?.close()
      output = open(rate)
      opened(output)
      return output
    },
  }
}

/** Plays an edit list as it stands, without rendering it first. */
export const createTransport = (host: TransportHost): Transport => {
  const store = createStore<TransportState>(() => ({
    status: 'stopped',
    error: null,
    note: null,
    isCaller: false,
    law: 'ulaw',
  }))
  const changes = createListeners()
  let list: EditList | undefined
  let session: Session | undefined
  let range: PlayRange | undefined
  let measuredDb: number | undefined

  const loudspeaker = createLoudspeaker(host.open, (output) => {
    output.setCaller(store.getState().isCaller)
    output.setMatch(measuredDb ?? 0)
    store.setState({ note: output.note })
  })

  const end = () => {
    session?.end()
    session = undefined
  }

  const stopWith = (change: Partial<TransportState>) => {
    end()
    store.setState({ status: 'stopped', ...change })
    changes.tell()
  }

  const begin = (wanted: PlayRange) => {
    if (!list) return
    end()
    range = wanted
    try {
      const target = loudspeaker.at(list)
      const own = createSession({
        output: target,
        render: host.render,
        wait: host.wait,
        list,
        range: wanted,
        law: () => store.getState().law,
        matchDb: () => measuredDb,
        started: () => {
          store.setState({ status: 'playing' })
          changes.tell()
        },
        ended: (error) => {
          if (session !== own) return
          stopWith({ error: error === undefined ? null : textOf(error) })
        },
      })
      session = own
      store.setState({ status: 'starting', error: null })
      own.run()
      changes.tell()
    } catch (error) {
      stopWith({ error: textOf(error) })
    }
  }

  const scrubber = createScrubber({
    wait: host.wait,
    isFree: () => session === undefined,
    grain: async (from) => {
      if (!list) return
      const target = loudspeaker.at(list)
      await target.resume()
      const to = from + Math.ceil(grainS * list.sample_rate_hz)
      const sound = await host.render(list, { from, to }, store.getState().law)
      target.play(sound, target.now() + 0.005, 0.01)
    },
    failed: (error) => store.setState({ error: textOf(error) }),
  })

  return {
    store,
    play: (wanted) => {
      host.silenceOthers()
      begin(wanted)
    },
    stop: () => {
      if (session) stopWith({})
    },
    pause: () => {
      const frame = session?.position()
      if (session) stopWith({})
      return frame
    },
    seek: (frame) => {
      if (session && range) begin({ ...range, from: frame })
    },
    setList: (next, move) => {
      const isOtherFormat = list?.sample_rate_hz !== next.sample_rate_hz
      list = next
      if (isOtherFormat && session) stopWith({})
      else session?.setList(next, move)
    },
    setLoop: (loop) => {
      if (range) range = { ...range, loop }
      session?.setLoop(loop)
    },
    scrub: scrubber.to,
    setCaller: (isCaller) => {
      store.setState({ isCaller })
      loudspeaker.current()?.setCaller(isCaller)
    },
    setLaw: (law) => {
      store.setState({ law })
      session?.refresh()
    },
    setLevelDifference: (db) => {
      measuredDb = db
      if (db !== undefined) loudspeaker.current()?.setMatch(db)
    },
    position: () => session?.position(),
    onChange: changes.listen,
  }
}
