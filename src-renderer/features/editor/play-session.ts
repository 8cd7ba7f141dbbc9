import type { EditList } from '#contract/edit-list'
import { framesOf } from '#sound/edit-list/edit-list'
import type { Law } from '#sound/telephone/caller-path'
import { createLevelMatch } from './level-match.ts'
import type { Output, RenderSound } from './output.ts'

export type PlayRange = {
  from: number
  /** Exclusive; the end of the list by default. */
  to?: number | undefined
  loop?: { from: number; to: number } | undefined
}

export type SessionHost = {
  output: Output
  render: RenderSound
  wait: (ms: number, run: () => void) => () => void
  list: EditList
  range: PlayRange
  law: () => Law
  /** Measured difference of level, dB. */
  matchDb: () => number | undefined
  started: () => void
  ended: (error?: unknown) => void
}

/** One playing from its start until it ends or is ended. */
export type Session = {
  run: () => void
  setList: (list: EditList, move: (frame: number) => number) => void
  setLoop: (loop: { from: number; to: number } | undefined) => void
  /** Renders anew what does not sound yet. */
  refresh: () => void
  position: () => number
  end: () => void
}

/** A stretch on its way to the loudspeaker; `at` in frames of the output's clock, so that nothing drifts. */
type Voice = { at: number; from: number; frames: number; cancel: () => void }

/** Long enough for a timer that a hidden page gets once a second. */
const aheadS = 2
const firstChunkS = 0.1
const chunkS = 0.25
const leadS = 0.04
/** What begins within this time is left as it is. */
const settledS = 0.06
const pollMs = 50

export const createSession = (host: SessionHost): Session => {
  const { output } = host
  const match = createLevelMatch()
  let { list, range } = host
  let length = framesOf(list)
  let voices: Voice[] = []
  /** What comes next: which frame, and at which moment; no moment before the first sound. */
  let next: { from: number; at: number | undefined } = { from: range.from, at: undefined }
  let version = 0
  let isOver = false

  const rate = list.sample_rate_hz
  const atFrame = (seconds: number) => Math.ceil(seconds * rate)
  const endOf = ({ at, frames }: Voice) => at + frames
  const pause = () => new Promise<void>((resolve) => host.wait(pollMs, resolve))

  /** The stretch at a frame: up to the end of the loop, of the range or of the list. */
  const stretchAt = (frame: number) => {
    const { loop, to } = range
    const wraps = loop !== undefined && Math.min(loop.to, length) > loop.from
    const from = wraps && frame >= Math.min(loop.to, length) ? loop.from : frame
    const end = Math.min(wraps ? loop.to : (to ?? length), length)
    const most = Math.round(rate * (next.at === undefined ? firstChunkS : chunkS))
    const frames = Math.min(end - from, most)
    return frames > 0 ? { from, frames } : undefined
  }

  /** Renders from the first voice that can still be taken back. The old ones stay until then. */
  const rewind = (move: (frame: number) => number) => {
    version++
    voices = voices.map((voice) => ({ ...voice, from: move(voice.from) }))
    const cut = atFrame(output.now() + settledS)
    const first = voices.find(({ at }) => at >= cut)
    next = first ? { from: first.from, at: first.at } : { ...next, from: move(next.from) }
  }

  const takeBackFrom = (at: number) => {
    for (const voice of voices) if (voice.at >= at) voice.cancel()
    // A little of what is over stays, because the loudspeaker is behind the clock.
    const old = atFrame(output.now() - 1)
    voices = voices.filter((voice) => voice.at < at && endOf(voice) > old)
  }

  const schedule = async ({ from, frames }: { from: number; frames: number }) => {
    const ownVersion = version
    const sound = await host.render(list, { from, to: from + frames }, host.law())
    if (isOver || ownVersion !== version) return
    const earliest = atFrame(output.now() + (next.at === undefined ? leadS : 0.005))
    if (next.at !== undefined && next.at < earliest && voices.some(({ at }) => at > earliest)) {
      // What should have been replaced has begun meanwhile: replace what follows it.
      rewind((frame) => frame)
      return
    }
    const at = Math.max(next.at ?? 0, earliest)
    takeBackFrom(at)
    const isFirst = next.at === undefined
    voices.push({ at, from, frames, cancel: output.play(sound, at / rate) })
    next = { from: from + frames, at: at + frames }
    output.setMatch(host.matchDb() ?? match.add(sound))
    if (isFirst) host.started()
  }

  const isFull = () => next.at !== undefined && next.at > atFrame(output.now() + aheadS)

  const pump = async () => {
    await output.resume()
    while (!isOver) {
      const stretch = stretchAt(next.from)
      if (stretch && !isFull()) await schedule(stretch)
      else if (!stretch && (next.at === undefined || output.heard() * rate >= next.at)) return
      else {
        // After an edit that shortened the list: what lay behind the new end is not to be heard.
        if (!stretch && next.at !== undefined) takeBackFrom(next.at)
        await pause()
      }
    }
  }

  const end = () => {
    if (isOver) return
    isOver = true
    output.hush()
    for (const voice of voices) voice.cancel()
  }

  return {
    run: () => {
      void pump().then(
        () => {
          if (isOver) return
          end()
          host.ended()
        },
        (error: unknown) => {
          if (isOver) return
          end()
          host.ended(error)
        },
      )
    },
    setList: (nextList, move) => {
      list = nextList
      length = framesOf(list)
      const { loop, to } = range
      range = {
        ...range,
        to: to === undefined ? undefined : move(to),
        loop: loop && { from: move(loop.from), to: move(loop.to) },
      }
      rewind(move)
    },
    setLoop: (loop) => {
      range = { ...range, to: undefined, loop }
      rewind((frame) => frame)
    },
    refresh: () => rewind((frame) => frame),
    position: () => {
      const heard = output.heard() * rate
      const voice = voices.find((one) => heard < endOf(one))
      if (!voice) return next.from
      return voice.from + Math.max(0, Math.min(heard - voice.at, voice.frames))
    },
    end,
  }
}
