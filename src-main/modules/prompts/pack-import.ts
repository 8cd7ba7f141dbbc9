import { createHash } from 'node:crypto'
import type { ImportedScripts, ImportEntry, ImportOutcome, ImportReport } from '#contract/studio'
import { importOutcomes } from '#contract/studio'
import { AppError } from '../../platform/errors.ts'
import { ZipError } from '../../platform/zip.ts'
import type { Audio } from '../audio/audio.ts'
import type { Media } from '../media/media.ts'
import { forEachAtOnce } from '../../platform/at-once.ts'
import { contentTypeOf, placeOf, type PackFile } from './pack-layout.ts'
import type { SourceFile } from './pack-source.ts'
import { importScripts, type ScriptImportDeps } from './script-import.ts'
import { originalBlob } from './store.ts'

/**
 * Brings a pack into a library, file by file: each is there whole or not at all, and a cancelled
 * import keeps what it has finished. A dry run looks at every file and changes nothing.
 */
export type PackImport = {
  accountId: string
  files: readonly SourceFile[]
  /** Language of files without a language folder. */
  language: string | undefined
  sourceLanguage: string
  isDryRun: boolean
  origin: string
  /** Files worked on at once; their tools queue for the processor besides. */
  concurrency: number
  signal: AbortSignal
  progress: (fraction: number) => void
  /** Prompt ids the library already knows in the source language. */
  knownIds: ReadonlySet<string>
  /** Largest audio file taken in, in bytes. */
  maximumFileBytes: number
}

export type PackImportDeps = ScriptImportDeps & { media: Media; audio: Audio }

type Placed<K extends PackFile['kind']> = {
  file: SourceFile
  place: Extract<PackFile, { kind: K }>
}

const ofKind = <K extends PackFile['kind']>(
  { files, language }: PackImport,
  kind: K,
): Placed<K>[] =>
  files.flatMap((file) => {
    const place = placeOf(file.path, language)
    return place.kind === kind ? [{ file, place: place as Placed<K>['place'] }] : []
  })

export const importPack = async (
  deps: PackImportDeps,
  request: PackImport,
): Promise<ImportReport> => {
  const { db, media, audio } = deps
  const { accountId, isDryRun, signal, origin } = request
  const audioFiles = ofKind(request, 'audio')
  const scripts: ImportedScripts[] = []
  const sourceIds = new Set(request.knownIds)

  const problemOf = async (bytes: Buffer): Promise<string | undefined> => {
    const { playable, reason } = await audio.probe(bytes)
    return playable ? undefined : (reason ?? 'no audio could be decoded')
  }

  const takeAudio = async ({ file, place }: Placed<'audio'>): Promise<ImportEntry> => {
    const { promptId, extension, language } = place
    if (language === undefined) {
      return {
        path: file.path,
        outcome: 'orphan',
        prompt_id: promptId,
        reason: 'in no language folder',
      }
    }
    const entry = { path: file.path, language, prompt_id: promptId }
    const isOrphan = sourceIds.size > 0 && !sourceIds.has(promptId)
    const taken = (outcome: ImportOutcome): ImportEntry => ({
      ...entry,
      outcome,
      ...(isOrphan && { orphan: true }),
    })
    const unreadable = (reason: string): ImportEntry => ({
      ...entry,
      outcome: 'unreadable',
      reason,
    })
    if (file.size === 0) return unreadable('the file is empty')
    if (file.size > request.maximumFileBytes)
      return unreadable(`larger than ${request.maximumFileBytes} bytes`)
    let bytes: Buffer
    try {
      bytes = await file.read()
    } catch (error) {
      if (error instanceof ZipError) return unreadable(error.message)
      throw error
    }
    const before = originalBlob(db, accountId, `${language}%2F${promptId}`)
    if (before === createHash('sha256').update(bytes).digest('hex')) return taken('same')
    const problem = await problemOf(bytes)
    if (problem !== undefined) return unreadable(problem)
    if (!isDryRun) {
      await media.putTranslation({
        accountId,
        language,
        promptId,
        description: `System prompt in ${language} for ${promptId}`.slice(0, 128),
        upload: {
          bytes,
          contentType: contentTypeOf(extension),
          filename: `${promptId}.${extension}`,
        },
        origin,
      })
    }
    return taken(before === undefined ? 'add' : 'replace')
  }

  const refusedEntry = ({ file }: Placed<'audio'>, error: unknown): ImportEntry => {
    // A name that cannot be a prompt id concerns this file alone; a full disk concerns the import.
    if (!(error instanceof AppError) || error.code !== 'validation') throw error
    return { path: file.path, outcome: 'unreadable', reason: 'its name cannot be a prompt id' }
  }

  for (const { file, place } of ofKind(request, 'scripts')) {
    signal.throwIfAborted()
    const { ids, ...taken } = await importScripts(deps, request, file, place.language)
    const isSource = place.language === '' || place.language === request.sourceLanguage
    if (isSource) for (const id of ids) sourceIds.add(id)
    scripts.push(taken)
  }
  for (const { place } of audioFiles) {
    if (place.language === request.sourceLanguage) sourceIds.add(place.promptId)
  }

  const entries: ImportEntry[] = []
  let finished = 0
  await forEachAtOnce(audioFiles, request.concurrency, async (placed, index) => {
    signal.throwIfAborted()
    entries[index] = await takeAudio(placed).catch((error: unknown) => refusedEntry(placed, error))
    finished += 1
    request.progress(finished / audioFiles.length)
  })
  return reportOf(isDryRun, entries, scripts)
}

const reportOf = (
  isDryRun: boolean,
  entries: ImportEntry[],
  scripts: ImportedScripts[],
): ImportReport => {
  const count = (outcome: ImportOutcome): number =>
    entries.filter((entry) => entry.outcome === outcome || (outcome === 'orphan' && entry.orphan))
      .length
  const counts = Object.fromEntries(
    importOutcomes.map((outcome) => [outcome, count(outcome)]),
  ) as ImportReport['counts']
  const changedScripts = scripts.filter(
    ({ outcome }) => outcome === 'add' || outcome === 'replace',
  ).length
  return {
    dry_run: isDryRun,
    changes: counts.add + counts.replace + changedScripts,
    counts,
    entries,
    scripts,
  }
}
