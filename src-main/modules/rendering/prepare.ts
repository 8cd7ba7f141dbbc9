import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EditList } from '#contract/edit-list'
import type { Effect, OutputFormat } from '#contract/effects'
import { mostPreviewSeconds } from '#contract/renders'
import { checkList } from '#sound/edit-list/check'
import { EditError } from '#sound/edit-list/edit-error'
import { framesOf } from '#sound/edit-list/edit-list'
import { invalid } from '../../platform/errors.ts'
import type { Processes } from '../../platform/process/process.ts'
import { remember } from '../../platform/process/remember.ts'
import { probeSox } from '../../platform/process/sox.ts'
import type { Signal } from './effects.ts'
import { checkSize, knownFormats, type WritableFormat } from './formats.ts'
import { createListen, passesOf, signalOf } from './listen.ts'
import { prepareMix, type FindPcm, type Mixed } from '../mixing/mixing.ts'
import type { RunPass } from './sox-pass.ts'
import { explain } from './sox-run.ts'
import { wholeChain, type WholeChain } from './whole-chain.ts'

/** Frames [from, to) of a list, everything by default, and the effects on them in order. */
export type Stretch = {
  list: EditList
  from?: number | undefined
  to?: number | undefined
  effects?: readonly Effect[] | undefined
  signal?: AbortSignal | undefined
}

/** Everything that the run of sox needs which writes the result. */
export type Prepared = { mixed: Mixed; whole: WholeChain; onFrames: (frames: number) => void }

type Options = { isPreview?: true; onProgress?: ((share: number) => void) | undefined }

const FORMATS_KEPT_MS = 60_000
const MOST_PREVIEW_BYTES = 256 * 2 ** 20

const asRefusal = (error: unknown, prefix = ''): unknown => {
  if (!(error instanceof EditError)) return error
  const { path, rule, facts, message } = error
  return invalid({ [`${prefix}${path}`]: { [rule]: { message, ...facts } } })
}

const checkedRange = ({ list, from = 0, to }: Stretch) => {
  try {
    checkList(list)
  } catch (error) {
    throw asRefusal(error, 'list.')
  }
  return { from, to: to ?? Math.max(from, framesOf(list)) }
}

const checkPreview = (mixed: Mixed, from: number, after: Signal) => {
  const most = mostPreviewSeconds * mixed.sampleRateHz
  const bytes = (after.frames ?? 0) * after.channels * 4
  if (mixed.frames <= most && bytes <= MOST_PREVIEW_BYTES) return
  const message =
    mixed.frames > most
      ? `A preview has at most ${mostPreviewSeconds} seconds`
      : `A preview has at most ${MOST_PREVIEW_BYTES / 2 ** 20} MB: take a shorter part`
  throw invalid({ to: { maximum: { message, target: from + most } } })
}

export const createPrepare = (deps: {
  processes: Processes
  passes: RunPass
  pcm: FindPcm
  soxCommand: () => string
}) => {
  const { processes, passes, pcm, soxCommand } = deps
  const { checkProfiles, listen } = createListen({ passes, pcm })

  const ask = remember(FORMATS_KEPT_MS, async (command): Promise<WritableFormat[]> => {
    const facts = await probeSox(processes, command, Object.keys(knownFormats))
    return Object.values(knownFormats).filter(({ container }) => facts.formats.includes(container))
  })
  const formats = () =>
    ask(soxCommand()).catch((error: unknown) => {
      throw explain(error)
    })

  const checkFormat = async (format: OutputFormat | undefined) => {
    const target = (await formats()).map(({ container }) => container)
    if (!format || target.includes(format.container)) return
    const message = `The installed sox cannot write ${format.container}`
    throw invalid({ 'format.container': { enum: { message, target } } })
  }

  const mix = (list: EditList, range: { from: number; to: number }) =>
    prepareMix(list, range, pcm).catch((error: unknown) => {
      throw asRefusal(error)
    })

  /** Refuses what there is to refuse, finds out what only the audio tells, and lets `use` do the rest. */
  const prepare = async <T>(
    request: Stretch & { format?: OutputFormat | undefined },
    { isPreview, onProgress }: Options,
    use: (ready: Prepared) => Promise<T>,
  ): Promise<T> => {
    const { list, effects = [], format, signal } = request
    const range = checkedRange(request)
    const mixed = await mix(list, range)
    const wish = { effects, format, bits: mixed.sourceBits }
    const before = signalOf(mixed)
    const expected = wholeChain(wish, before)
    checkSize(expected.target, expected.after.frames)
    if (isPreview) checkPreview(mixed, range.from, expected.after)
    checkProfiles(effects, framesOf(list))
    await checkFormat(format)

    const all = mixed.frames * passesOf(effects)
    let done = 0
    const onFrames = (frames: number) => {
      done += frames
      onProgress?.(done / all)
    }
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-render-'))
    try {
      const known = await listen({
        ...{ list, mixed, effects, folder, onFrames, signal },
        isAwaited: isPreview,
      })
      return await use({ mixed, whole: wholeChain(wish, before, known), onFrames })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  return { prepare, formats }
}
