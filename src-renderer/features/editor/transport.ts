import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EditList } from '#contract/edit-list'
import type { Law } from '#sound/telephone/caller-path'
import { createSession, type PlayRange, type Session } from './play-session.ts'
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
  close: () => void
}

const grainS = 0.08
const grainEveryMs = 60
const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Plays an edit list as it stands, without rendering it first. */
export const createTransport = (host: TransportHost): Transport => {
  const store = createStore<TransportState>(() => ({
    status: 'stopped',
    error: null,
    note: null,
    isCaller: false,
    law: 'ulaw',
  }))
  const listeners = new Set<() => void>()
  let list: EditList | undefined
  let output: Output | undefined
  let session: Session | undefined
  let range: PlayRange | undefined
  let measuredDb: number | undefined
  let scrubTo: number | undefined
  let isScrubbing = false

  const changed = () => listeners.forEach((listener) => listener())

  const outputFor = ({ sample_rate_hz: rate }: EditList): Output => {
    if (output?.sampleRateHz === rate) return output
    output?.close()
    output = host.open(rate)
    output.setCaller(store.getState().isCaller)
    output.setMatch(measuredDb ?? 0)
    store.setState({ note: output.note })
    return output
  }

  const end = () => {
    session?.end()
    session = undefined
  }

  const stopWith = (change: Partial<TransportState>) => {
    end()
    store.setState({ status: 'stopped', ...change })
    changed()
  }

  const begin = (wanted: PlayRange) => {
    if (!list) return
    end()
    scrubTo = undefined
    range = wanted
    try {
      const target = outputFor(list)
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
          changed()
        },
        ended: (error) => {
          if (session !== own) return
          stopWith({ error: error === undefined ? null : textOf(error) })
        },
      })
      session = own
      store.setState({ status: 'starting', error: null })
      own.run()
      changed()
    } catch (error) {
      stopWith({ error: textOf(error) })
    }
  }

  const grains = async () => {
    isScrubbing = true
    while (scrubTo !== undefined && list && !session) {
      const from = Math.round(scrubTo)
      scrubTo = undefined
      try {
        const target = outputFor(list)
        await target.resume()
        const to = from + Math.ceil(grainS * list.sample_rate_hz)
        const sound = await host.render(list, { from, to }, store.getState().law)
        target.play(sound, target.now() + 0.005, 0.01)
      } catch (error) {
        store.setState({ error: textOf(error) })
      }
      await new Promise<void>((resolve) => host.wait(grainEveryMs, resolve))
    }
    isScrubbing = false
  }

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
    scrub: (frame) => {
      scrubTo = frame
      if (!isScrubbing && !session) void grains()
    },
    setCaller: (isCaller) => {
      store.setState({ isCaller })
      output?.setCaller(isCaller)
    },
    setLaw: (law) => {
      store.setState({ law })
      session?.refresh()
    },
    setLevelDifference: (db) => {
      measuredDb = db
      if (db !== undefined) output?.setMatch(db)
    },
    position: () => session?.position(),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      end()
      output?.close()
      output = undefined
      list = undefined
      store.setState({ status: 'stopped', error: null, note: null })
    },
  }
}
