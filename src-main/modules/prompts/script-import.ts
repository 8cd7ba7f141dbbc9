import type { ImportedScripts } from '#contract/studio'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import { ZipError } from '../../platform/zip.ts'
import type { SourceFile } from './pack-source.ts'
import { duplicatesIn, parseScripts, serialiseScripts } from './script-file.ts'
import { readScripts, writeScripts } from './store.ts'

export type ScriptImportDeps = {
  db: Database
  scriptsChanged: (accountId: string, language: string, origin: string) => void
}

/** A script of every prompt of every language is far smaller; a packed bomb is not. */
const maximumBytes = 10_000_000

const textOf = async (file: SourceFile): Promise<string | undefined> => {
  if (file.size > maximumBytes) return undefined
  try {
    const bytes = await file.read()
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    // A TypeError is the decoder's: the bytes are no UTF-8.
    if (error instanceof ZipError || error instanceof TypeError) return undefined
    throw error
  }
}

/** Takes in one `prompts.txt`, unless it is a dry run; also says which prompt ids it knows. */
export const importScripts = async (
  { db, scriptsChanged }: ScriptImportDeps,
  request: { accountId: string; isDryRun: boolean; origin: string },
  file: SourceFile,
  language: string,
): Promise<ImportedScripts & { ids: string[] }> => {
  const { accountId, isDryRun, origin } = request
  const { path } = file
  const text = await textOf(file)
  if (text === undefined) {
    return { path, language, outcome: 'unreadable', lines: 0, duplicates: [], ids: [] }
  }
  const lines = parseScripts(text)
  const ids = lines.map(({ promptId }) => promptId).filter((id) => id !== undefined)
  const before = readScripts(db, accountId, language)
  const isSame = serialiseScripts(before) === text
  const outcome = before.length === 0 ? 'add' : isSame ? 'same' : 'replace'
  if (!isDryRun && outcome !== 'same') {
    await db.write((tx) => writeScripts(tx, accountId, language, lines))
    scriptsChanged(accountId, language, origin)
  }
  return { path, language, outcome, lines: ids.length, duplicates: duplicatesIn(lines), ids }
}
