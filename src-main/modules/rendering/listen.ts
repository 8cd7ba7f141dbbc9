import { join } from 'node:path'
import type { EditList } from '#contract/edit-list'
import type { Effect } from '#contract/effects'
import { invalid } from '../../platform/errors.ts'
import { cancelled } from '../../platform/process/request.ts'
import { chain, type Known, type Signal } from './effects.ts'
import { prepareMix, type FindPcm, type Mixed } from '../mixing/mixing.ts'
import { createSoundFinder } from './sound-ends.ts'
import type { RunPass } from './sox-pass.ts'

type Silence = Extract<Effect, { kind: 'silence_trim' }>
type Noise = Extract<Effect, { kind: 'noise_reduction' }>

export type Listening = {
  list: EditList
  mixed: Mixed
  effects: readonly Effect[]
  /** A private folder for noise profiles. */
  folder: string
  onFrames: (frames: number) => void
  signal?: AbortSignal | undefined
  isAwaited?: boolean | undefined
}

const raw = ['-t', 'raw', '-e', 'signed-integer', '-b', '32', '-']

export const signalOf = ({ sampleRateHz, channels, frames }: Mixed): Signal => ({
  sampleRateHz,
  channels,
  frames,
})

const nothingToHear = (index: number, { threshold_dbfs }: Silence) => {
  const message = `Nothing in it is louder than ${threshold_dbfs} dBFS: nothing would be left`
  return invalid({
    [`effects.${index}.threshold_dbfs`]: { maximum: { message, value: threshold_dbfs } },
  })
}

const checkProfile = ({ profile }: Noise, index: number, length: number) => {
  const path = `effects.${index}.profile`
  if (profile.to > length) {
    const message = `The audio has only ${length} frames`
    throw invalid({ [`${path}.to`]: { maximum: { message, target: length } } })
  }
  if (profile.from < profile.to) return
  const message = 'The profile has to begin before it ends'
  throw invalid({ [`${path}.from`]: { maximum: { message, target: profile.to - 1 } } })
}

/**
 * Finds out what only the audio tells of effects, in runs of its own: each effect hears what the ones
 * before it leave. Refuses audio without sound to trim to, and profiles that are not in the list.
 */
export const createListen = ({ passes, pcm }: { passes: RunPass; pcm: FindPcm }) => {
  type Heard = { of: Listening; known: Map<Effect, Known>; before: readonly Effect[] }

  const soundAt = async (effect: Silence, { of, known, before }: Heard) => {
    const { mixed, onFrames, signal, isAwaited } = of
    const { args, after } = chain(before, signalOf(mixed), known)
    if (args.length === 0) {
      const finder = createSoundFinder(mixed, effect.threshold_dbfs)
      for await (const block of mixed.blocks(onFrames)) {
        if (signal?.aborted) throw cancelled('looking for sound', signal)
        finder.push(block)
      }
      return finder.finish()
    }
    const format = { bits: 32 as const, channels: after.channels }
    const finder = createSoundFinder(format, effect.threshold_dbfs)
    const pass = { mixed, output: raw, effects: args, onFrames, signal, isAwaited }
    await passes.toStdout(pass, finder.push)
    return finder.finish()
  }

  const profileOf = async (effect: Noise, index: number, { of, known, before }: Heard) => {
    const mixed = await prepareMix(of.list, effect.profile, pcm)
    // Noise is all there is here: nothing to trim to.
    const others = before.filter(({ kind }) => kind !== 'silence_trim')
    const path = join(of.folder, `${index}.profile`)
    const { args } = chain(others, signalOf(mixed), known)
    const effects = [...args, 'noiseprof', path]
    const { signal, isAwaited } = of
    await passes.toEnd({ mixed, output: ['-n'], effects, signal, isAwaited })
    return path
  }

  const checkProfiles = (effects: readonly Effect[], length: number) => {
    for (const [index, effect] of effects.entries())
      if (effect.kind === 'noise_reduction') checkProfile(effect, index, length)
  }

  const listen = async (of: Listening): Promise<Map<Effect, Known>> => {
    const known = new Map<Effect, Known>()
    for (const [index, effect] of of.effects.entries()) {
      const heard = { of, known, before: of.effects.slice(0, index) }
      if (effect.kind === 'noise_reduction')
        known.set(effect, { profile: await profileOf(effect, index, heard) })
      if (effect.kind !== 'silence_trim') continue
      const sound = await soundAt(effect, heard)
      if (!sound) throw nothingToHear(index, effect)
      known.set(effect, { sound })
    }
    return known
  }

  return { checkProfiles, listen }
}

/** How often the frames are mixed: once for the file, and once for every trimming of silence. */
export const passesOf = (effects: readonly Effect[]): number =>
  1 + effects.filter(({ kind }) => kind === 'silence_trim').length
