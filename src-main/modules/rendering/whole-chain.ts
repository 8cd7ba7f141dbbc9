import type { Effect, OutputFormat } from '#contract/effects'
import { commandLine } from '../../platform/process/request.ts'
import { chain, resampled, withChannels, type Known, type Signal } from './effects.ts'
import { targetOf, type Target } from './formats.ts'
import { soxArgs, type SoxInput } from './sox-pass.ts'

export type Wish = {
  effects: readonly Effect[]
  format: OutputFormat | undefined
  /** The most bits a sample of the audio has. */
  bits: number
}

/** Arguments of all effects, the file they end in and what is in it. */
export type WholeChain = { args: string[]; target: Target; after: Signal }

const nothing: ReadonlyMap<Effect, Known> = new Map()

/** Effects, and behind them what the format needs: fewer channels before another rate, else after it. */
export const wholeChain = (
  { effects, format, bits }: Wish,
  before: Signal,
  known: ReadonlyMap<Effect, Known> = nothing,
): WholeChain => {
  const { args, after } = chain(effects, before, known)
  const target = targetOf(format, after, bits)
  const shapes = [
    (signal: Signal) => resampled(target.sampleRateHz, signal),
    (signal: Signal) => withChannels(target.channels, signal),
  ]
  if (target.channels < after.channels) shapes.reverse()
  let last = after
  for (const shape of shapes) {
    const placed = shape(last)
    args.push(...placed.args.flat())
    last = placed.after
  }
  return { args, target, after: last }
}

/** The command line as people would type it: with names of files that they would choose. */
export const commandOf = (
  sox: string,
  input: SoxInput,
  { args, target }: WholeChain,
  name: string,
): string => {
  const effects = args.map((arg, index) => (args[index - 1] === 'noisered' ? 'noise.profile' : arg))
  return commandLine({ command: sox, args: soxArgs(input, [...target.args, name], effects) })
}
