/**
 * The editor's backend. Sources are audio that can be edited; drafts are unsaved work on them, on disk
 * after every step; effects, saves and renders are jobs. What a list and its operations are stands in
 * sound/edit-list, how a file is made of one in rendering, how it gets into the library in media.
 */
import type { ObjectEvent } from '#contract/events'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { gregorianNow, type Clock } from '../../platform/clock.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Validator } from '../../platform/http/validate.ts'
import type { Log } from '../../platform/log.ts'
import type { Scope } from '../../platform/scope.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Media } from '../media/media.ts'
import type { Rendering } from '../rendering/rendering.ts'
import type { Waveforms } from '../waveforms/waveforms.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { createEffects, type Effects } from './effects.ts'
import { createRenders, type Renders } from './renders.ts'
import { createSave, type Save } from './save.ts'
import { createSources, type Sources } from './sources.ts'
import { isSource } from './store.ts'

export type Editing = {
  sources: Sources
  drafts: Drafts
  effects: Effects
  save: Save
  renders: Renders
}

export type EditingDeps = {
  db: Database
  blobs: Blobs
  media: Media
  waveforms: Waveforms
  rendering: Rendering
  jobs: Jobs
  validator: Validator
  defaultLanguage: () => string
  /** Files of renders. */
  folder: string
  scope: Scope
  clock: Clock
  log: Log
  events: Bus<ObjectEvent>
}

const HOUR_MS = 3600 * 1000
const SOURCE_KEPT_S = 24 * 3600

/** Forgets at once, and later every hour, what nobody needs any more. */
export const createEditing = async (deps: EditingDeps): Promise<Editing> => {
  const { db, blobs, waveforms, scope, clock, log } = deps
  const sources = createSources(deps)
  const drafts = createDrafts({ ...deps, sources })
  const renders = await createRenders({ ...deps, sources })

  const tidy = async (usedBefore: number) => {
    const loose = await sources.forget(usedBefore)
    await blobs.collect(loose)
    await waveforms.forget((blob) => isSource(db, blob))
    await renders.forgetOld()
  }
  let tidying = Promise.resolve()
  const tidySoon = (usedBefore: number) => {
    tidying = tidying
      .then(() => tidy(usedBefore))
      .catch((error: unknown) => log.warn('tidying up failed', { error }))
  }
  scope.add(() => tidying)
  // No window that knew of a source has outlived the start; what nobody holds is collected anyway.
  await sources.forget(Infinity)
  tidySoon(0)
  scope.interval(() => tidySoon(gregorianNow(clock) - SOURCE_KEPT_S), HOUR_MS)

  return {
    sources,
    drafts,
    renders,
    effects: createEffects({ ...deps, drafts, sources }),
    save: createSave({ ...deps, drafts }),
  }
}
