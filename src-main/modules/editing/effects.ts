import { rm } from 'node:fs/promises'
import type { EffectsResult } from '#contract/drafts'
import type { Operation } from '#contract/edit-list'
import type { Effect } from '#contract/effects'
import type { Job } from '#contract/studio'
import { framesOf, requireRange } from '#sound/edit-list/edit-list'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Rendering } from '../rendering/rendering.ts'
import type { Caller, Change, Drafts } from './drafts.ts'
import { convertsFormat, labelOfEffects } from './effect-labels.ts'
import type { Standpoint } from './journal.ts'
import { checked } from './refusals.ts'
import type { Sources } from './sources.ts'

/** Lets sox work on a part of a draft: what comes out is a new source and a step that puts it there. */
export type Effects = {
  /** Refuses at once what cannot be done; the job fails when the draft has changed meanwhile. */
  start: (caller: Caller, change: Change & EffectsOn) => Promise<Job>
}

export type EffectsOn = { from: number; to: number; effects: readonly Effect[] }

/** Of a job's progress; reading what was rendered is the rest. */
const RENDERING = 0.9

export const createEffects = (deps: {
  blobs: Blobs
  drafts: Drafts
  sources: Sources
  rendering: Rendering
  jobs: Jobs
}): Effects => {
  const { blobs, drafts, sources, rendering, jobs } = deps

  const check = async ({ list }: Standpoint, { from, to, effects }: EffectsOn) => {
    checked(undefined, () => requireRange(list, { from, to }))
    const frames = framesOf(list)
    if (convertsFormat(effects) && (from > 0 || to < frames)) {
      const message = 'What changes rate or channels takes the whole audio'
      throw invalid({ [from > 0 ? 'from' : 'to']: { invalid: { message, target: [0, frames] } } })
    }
    await rendering.formats() // refuses when there is no sox
    const { sample_rate_hz: sampleRateHz, channels } = list
    rendering.command({ sampleRateHz, channels, effects })
  }

  const operationOf = (
    { from, to, effects }: EffectsOn,
    made: { source: string; frames: number; sample_rate_hz: number; channels: number },
  ): Operation => {
    const label = labelOfEffects(effects)
    if (convertsFormat(effects)) return { kind: 'convert', label, ...made }
    return { kind: 'replace', label, from, to, source: made.source, frames: made.frames }
  }

  const nothingLeft = () =>
    invalid({ effects: { invalid: { message: 'Nothing would be left: it is all silence' } } })

  const run = async (
    caller: Caller,
    on: Standpoint,
    work: EffectsOn & { path: string; progress: (fraction: number) => void },
  ): Promise<EffectsResult> => {
    const { path, progress, ...wish } = work
    const { accountId, signal } = caller
    const { list } = on
    const { frames } = await rendering.render({
      ...wish,
      list,
      path,
      signal,
      onProgress: (share) => progress(share * RENDERING),
    })
    if (frames === 0) throw nothingLeft()
    const held = await blobs.take(path)
    const label = labelOfEffects(wish.effects)
    const { id } = await sources.add(accountId, held, `${on.draft.name}: ${label}`)
    const { sample_rate_hz, channels, ...made } = await sources.ready(accountId, id, signal)
    const operation = operationOf(wish, {
      source: id,
      frames: made.frames,
      sample_rate_hz,
      channels,
    })
    try {
      return await drafts.append(caller, on, { operation, label })
    } catch (error) {
      const isLate = error instanceof AppError && error.code === 'conflict'
      if (!isLate) throw error
      throw new AppError('conflict', {
        message: 'the draft was changed while sox worked, so it was left as it is: apply it again',
      })
    }
  }

  return {
    start: async (caller, { from, to, effects, ...change }) => {
      const on = await drafts.standpoint(caller.accountId, change)
      const wish = { from, to, effects }
      await check(on, wish)
      const path = blobs.newPath()
      return jobs.start({
        accountId: caller.accountId,
        kind: 'effects',
        label: `${labelOfEffects(effects)} on ${on.draft.name}`,
        run: ({ signal, progress }) => run({ ...caller, signal }, on, { ...wish, path, progress }),
        cleanUp: () => rm(path, { force: true }),
      })
    },
  }
}
