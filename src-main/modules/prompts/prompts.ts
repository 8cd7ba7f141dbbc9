import { availableParallelism } from 'node:os'
import type { Readable } from 'node:stream'
import type { ObjectEvent } from '#contract/events'
import type { Job, Matrix, PromptRow, Script, Settings } from '#contract/studio'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import { AppError } from '../../platform/errors.ts'
import type { Bus } from '../../platform/events/bus.ts'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { Audio } from '../audio/audio.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Media } from '../media/media.ts'
import { areaOf, buildMatrix } from './matrix.ts'
import { importPack } from './pack-import.ts'
import { exportPack } from './pack-export.ts'
import { withPack } from './pack-source.ts'
import { inOneLine, textOf, withScript } from './script-file.ts'
import {
  readScripts,
  readScriptsOf,
  readTranslations,
  scriptLanguages,
  writeScripts,
} from './store.ts'

/**
 * Prompts across languages: the matrix, the scripts, and packs. The sound of a translation is a media
 * document and belongs to the media module; scripts live here, kept line by line as they were imported.
 */
export type Prompts = {
  matrix: (accountId: string) => Matrix
  /** One row of the matrix; a prompt nobody has heard of is `bad_identifier`. */
  row: (accountId: string, promptId: string) => PromptRow
  scripts: (accountId: string, promptId: string) => Script[]
  /** The script as it is kept: in one line. */
  writeScript: (accountId: string, script: Script, origin: string) => Promise<Script>
  /** Starts a job that imports the pack, or only says what importing would do. */
  startImport: (request: ImportRequest) => Job
  /** The pack of these languages (undefined: all) as a zip in the kazoo-core layout, with the originals. */
  exportPack: (accountId: string, languages: readonly string[] | undefined) => Readable
}

export type ImportRequest = {
  /** Whose library it goes to. */
  accountId: string
  /** Whose job it is; the system library has nobody to watch it. */
  requestedBy: string
  pack: { path: string; kind: 'folder' | 'zip' }
  /** Shown to people: the name of what is imported. */
  label: string
  language: string | undefined
  isDryRun: boolean
  origin: string
  cleanUp?: () => Promise<void>
}

export type PromptsDeps = {
  db: Database
  blobs: Blobs
  media: Media
  audio: Audio
  jobs: Jobs
  settings: () => Settings
  events: Bus<ObjectEvent>
}

const systemLibrary = 'system'
const maximumPackFiles = 200_000
const maximumPackRatio = 100
/** A prompt is minutes at most; larger files belong to the editor's import. */
const maximumFileBytes = 200_000_000

export const createPrompts = (deps: PromptsDeps): Prompts => {
  const { db, blobs, media, audio, jobs, settings, events } = deps
  const sourceLanguage = () => settings().default_language.toLowerCase()

  const scriptsChanged = (accountId: string, id: string, origin: string) =>
    events.emit({ event: 'doc_edited', type: 'script', id, account_id: accountId, origin })

  const matrix = (accountId: string): Matrix =>
    buildMatrix({
      sourceLanguage: sourceLanguage(),
      own: readTranslations(db, accountId),
      inherited: accountId === systemLibrary ? [] : readTranslations(db, systemLibrary),
      sourceScripts: [readScripts(db, accountId, sourceLanguage()), readScripts(db, accountId, '')],
      scriptLanguages: scriptLanguages(db, accountId),
    })

  const knownIds = (accountId: string): Set<string> =>
    new Set(
      matrix(accountId)
        .prompts.filter(({ text, cells }) => text !== '' || cells[sourceLanguage()] !== undefined)
        .map(({ prompt_id: promptId }) => promptId),
    )

  const runImport = (
    request: ImportRequest,
    control: { signal: AbortSignal; progress: (fraction: number) => void },
  ) => {
    const { accountId, isDryRun, origin, language } = request
    const limits = {
      maximumBytes: settings().max_pack_size,
      maximumEntries: maximumPackFiles,
      maximumRatio: maximumPackRatio,
    }
    return withPack(request.pack, { limits, signal: control.signal }, (files) =>
      importPack(
        { db, media, audio, scriptsChanged },
        {
          ...control,
          accountId,
          files,
          language,
          isDryRun,
          origin,
          sourceLanguage: sourceLanguage(),
          concurrency: 2 * availableParallelism(),
          knownIds: knownIds(accountId),
          maximumFileBytes,
        },
      ),
    )
  }

  return {
    matrix,
    row: (accountId, promptId) => {
      const bySource = readScriptsOf(db, accountId, promptId)
      const scriptsIn = (language: string) =>
        bySource.filter((each) => each.language === language).map(({ script }) => script)
      const { prompts } = buildMatrix({
        sourceLanguage: sourceLanguage(),
        own: readTranslations(db, accountId, promptId),
        inherited: accountId === systemLibrary ? [] : readTranslations(db, systemLibrary, promptId),
        sourceScripts: [scriptsIn(sourceLanguage()), scriptsIn('')],
        scriptLanguages: [],
      })
      const [row] = prompts
      if (row) return row
      if (bySource.length === 0) throw new AppError('bad_identifier', { cause: promptId })
      return { prompt_id: promptId, area: areaOf(promptId), text: '', cells: {} }
    },
    scripts: (accountId, promptId) => {
      const texts = new Map<string, string>()
      const rows = readScriptsOf(db, accountId, promptId)
      const beside = rows.filter(({ language }) => language === '')
      const inFolders = rows.filter(({ language }) => language !== '')
      // The first line of a language counts; the list beside the folders speaks for the source.
      for (const { language, script } of [...inFolders, ...beside]) {
        const tag = language === '' ? sourceLanguage() : language
        if (!texts.has(tag)) texts.set(tag, textOf(script))
      }
      return [...texts]
        .map(([language, text]) => ({ prompt_id: promptId, language, text }))
        .sort((a, b) => (a.language < b.language ? -1 : 1))
    },
    writeScript: async (accountId, script, origin) => {
      const { prompt_id: promptId, language, text } = script
      await db.write((tx) =>
        writeScripts(
          tx,
          accountId,
          language,
          withScript(readScripts(tx, accountId, language), promptId, text),
        ),
      )
      scriptsChanged(accountId, promptId, origin)
      return { ...script, text: inOneLine(text) }
    },
    startImport: (request) =>
      jobs.start({
        accountId: request.requestedBy,
        kind: request.isDryRun ? 'dry_run' : 'import',
        label: request.label,
        run: (control) => runImport(request, control),
        ...(request.cleanUp && { cleanUp: request.cleanUp }),
      }),
    exportPack: (accountId, languages) => exportPack({ db, blobs }, accountId, languages),
  }
}
