import { rateOf, silence } from './frame/codec.ts'
import { createSound, type SoundMaker } from './frame/make-sound.ts'
import type { Playlist } from './frame/playlist.ts'
import type { Recorder } from './frame/recorder.ts'
import type { Room } from './frame/room.ts'
import type { Seat } from './frame/seat.ts'
import { samplesOf, type Sound } from './frame/sound.ts'
import type { LegLine } from './leg-line.ts'
import type { Tap } from './recordings.ts'
import type { EngineEvent, LegAudio, Rate } from './port.ts'

export type Seated = {
  readonly roomId: string
  readonly room: Room
  readonly seat: Seat
}

/** A leg: what comes from it goes into its seat and its recordings; it hears its seat, or what plays to it alone. */
export type Leg = {
  readonly legId: string
  readonly line: LegLine
  readonly playlist: Playlist
  readonly tap: Tap
  /** Where it is. */
  seated: Seated | undefined
  readonly connect: (audio: LegAudio) => Promise<void>
  readonly rate: () => Rate
  isConnected: boolean
  /** A tick that was given up: what came in it is not heard, so that nothing is heard later because of it. */
  readonly skip: () => void
  /** The first half of a tick: before rooms mix. */
  readonly listen: (nowMs: number) => void
  /** The second half. */
  readonly speak: () => void
}

const silentSound: Sound = {
  rate: 8000,
  samples: new Int16Array(samplesOf(8000)),
  isSilent: true,
  encoded: (codec) => silence[codec],
}

/** What the leg says whose turn it is, whichever: a seat and recorders keep what they need of it. */
const saidAt: Readonly<Record<Rate, Int16Array>> = {
  8000: new Int16Array(samplesOf(8000)),
  16000: new Int16Array(samplesOf(16_000)),
}

/** What a leg hears that something plays to, at one rate. */
const createAlone = (rate: Rate) => ({
  rate,
  played: new Int16Array(samplesOf(rate)),
  sound: createSound(rate),
})

export const createLeg = (deps: {
  legId: string
  line: LegLine
  playlist: Playlist
  mediaTimeoutMs: number
  emit: (event: EngineEvent) => void
}): Leg => {
  const { legId, line, playlist, mediaTimeoutMs, emit } = deps
  const { tick, pull, push } = line
  const recorders = new Set<Recorder>()
  let rate: Rate = 8000
  let scratch = saidAt[rate]
  /** Made when it is first needed: in a room few legs ever are. */
  let alone: ReturnType<typeof createAlone> | undefined
  let heard: SoundMaker | undefined
  let hasTimedOut = false
  /** The playlist need not be asked: of many legs few have ever something of their own to hear. */
  let isPlaying = false

  const watch = (silenceMs: number) => {
    const isOver = silenceMs >= mediaTimeoutMs
    if (isOver && !hasTimedOut) {
      emit({ event: 'media-timeout', legId, silenceMs: Math.round(silenceMs) })
    }
    hasTimedOut = isOver
  }
  const aloneNow = () => {
    if (alone?.rate !== rate) alone = createAlone(rate)
    return alone
  }
  const playTo = (seat: Seat | undefined) => {
    heard = undefined
    isPlaying = !playlist.isIdle()
    if (!isPlaying) return
    const { played, sound } = aloneNow()
    const isHeard = playlist.pull(played)
    if (seat) {
      if (isHeard) seat.addPrivate(played, rate)
      return
    }
    const samples = sound.next(!isHeard)
    if (isHeard) samples.set(played)
    heard = sound
  }

  const leg: Leg = {
    legId,
    line,
    playlist: {
      ...playlist,
      add: (play) => {
        isPlaying = true
        playlist.add(play)
      },
    },
    tap: { recorders, rate: () => rate },
    seated: undefined,
    rate: () => rate,
    isConnected: false,
    connect: async (audio) => {
      const connected = line.connect(audio)
      rate = rateOf(line.audio()?.codec ?? 'PCMU')
      scratch = saidAt[rate]
      leg.isConnected = line.audio() !== undefined
      const { seated } = leg
      if (seated) seated.room.setCodecRate(seated.seat, rate)
      await connected
    },
    skip: () => {
      const said = pull(scratch) ? scratch : undefined
      for (const recorder of recorders) recorder.push(said)
      line.skip(silentSound)
    },
    listen: (nowMs) => {
      const silenceMs = tick(nowMs)
      if (silenceMs !== undefined) watch(silenceMs)
      const { seated } = leg
      const said = pull(scratch) ? scratch : undefined
      if (recorders.size > 0) for (const recorder of recorders) recorder.push(said)
      if (seated) seated.seat.say(said)
      if (isPlaying) playTo(seated?.seat)
    },
    speak: () => push(leg.seated?.seat.output ?? heard ?? silentSound),
  }
  return leg
}
