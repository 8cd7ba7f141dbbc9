import type { ImportedScripts } from '#contract/studio'
import type { Database } from '../../platform/sqlite/sqlite.ts'
import type { SourceFile } from './pack-source.ts'
import { duplicatesIn, parseScripts, serialiseScripts } from './script-file.ts'
import { readScripts, writeScripts } from './store.ts'

export type ScriptImportDeps = {
  db: Database
  scriptsChanged: (accountId: string, language: string, origin: string) => void
}

const decode = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
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
  const text = decode(await file.read())
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
