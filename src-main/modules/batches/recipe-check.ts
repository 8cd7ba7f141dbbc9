import type { RecipeInput } from '#contract/batches'
import type { Effect, OutputFormat } from '#contract/effects'
import type { Violations } from '#contract/errors'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Rendering } from '../rendering/rendering.ts'
import { isEffect } from './plan.ts'

/** What is wrong with a recipe whatever the files are: said before the first of them is touched. */

/** What none of these rates allows, no file allows. */
const triedRatesHz = [8000, 24_000, 48_000, 192_000] as const

type Steps = RecipeInput['steps']
type Commands = Pick<Rendering, 'command'>

/** A recipe counts its effects among its other steps. */
const inRecipe = (violations: Violations, steps: Steps, at: string): Violations => {
  const places = steps.flatMap((step, index) => (isEffect(step) ? [index] : []))
  return Object.fromEntries(
    Object.entries(violations).map(([path, rules]) => [
      at + path.replace(/^effects\.(\d+)/, (_, index) => `steps.${places[Number(index)]}`),
      rules,
    ]),
  )
}

const checkPossible = (
  rendering: Commands,
  { steps, format }: Pick<RecipeInput, 'steps' | 'format'>,
  at: string,
) => {
  const effects: Effect[] = steps.filter(isEffect)
  const refusals = triedRatesHz.map((sampleRateHz) => {
    try {
      rendering.command({ sampleRateHz, channels: 1, effects, format })
      return undefined
    } catch (error) {
      if (error instanceof AppError && error.code === 'validation') return error
      throw error
    }
  })
  const [first] = refusals
  if (!first || refusals.includes(undefined)) return
  throw invalid(inRecipe((first.details.data ?? {}) as Violations, steps, at))
}

/** Refuses a format that can never become media here. `at` prefixes the paths. */
export const checkFormat = (
  rendering: Commands,
  format: OutputFormat | undefined,
  at = '',
): void => {
  if (format?.container === 'gsm') {
    const message =
      'A bare gsm file does not say what it holds and could not be read again: choose wav with the encoding GSM'
    throw invalid({ [`${at}format.container`]: { forbidden: { message, value: 'gsm' } } })
  }
  checkPossible(rendering, { steps: [], ...(format && { format }) }, at)
}

/**
 * Throws a validation error for a recipe that says nothing one could do, or what can be done to no
 * file. `at` prefixes the paths.
 */
export const checkRecipe = (rendering: Commands, recipe: RecipeInput, at = ''): void => {
  const { steps, format } = recipe
  if (steps.length === 0 && !format) {
    const message = 'A recipe needs a step, or a format to write'
    throw invalid({ [`${at}steps`]: { minItems: { message, target: 1 } } })
  }
  steps.forEach((step, index) => {
    const isLevelNeeded = step.kind === 'normalise' && step.metric !== 'active_level'
    if (!isLevelNeeded || step.level !== undefined) return
    const message = 'A level is needed: of a pack only the active speech level is known'
    throw invalid({ [`${at}steps.${index}.level`]: { required: { message, value: 'level' } } })
  })
  checkFormat(rendering, format, at)
  checkPossible(rendering, recipe, at)
}

/** Refuses a format that the installed sox does not write; `tool_missing` where there is no sox. */
export const checkWritable = async (
  rendering: Pick<Rendering, 'formats'>,
  format: OutputFormat | undefined,
  at = '',
): Promise<void> => {
  if (!format) return
  const target = (await rendering.formats()).map(({ container }) => container)
  if (target.includes(format.container)) return
  const message = `The installed sox cannot write ${format.container}: choose another format`
  throw invalid({ [`${at}format.container`]: { enum: { message, target } } })
}
