import type { Cell, Matrix, PromptRow } from '#contract/studio'
import { textOf, type ScriptLine } from './script-file.ts'
import type { TranslationRow } from './store.ts'

/** Everything a matrix is made of. Scripts of the source language come before the list beside them. */
export type MatrixInput = {
  sourceLanguage: string
  own: readonly TranslationRow[]
  /** The system library's, heard where the account has none. */
  inherited: readonly TranslationRow[]
  sourceScripts: readonly (readonly ScriptLine[])[]
  /** Languages known from scripts alone. */
  scriptLanguages: readonly string[]
}

/** `vm-enter_pass` belongs to `vm`. */
export const areaOf = (promptId: string): string => promptId.split('-')[0] ?? promptId

const cellOf = (row: TranslationRow): Cell => {
  const state = !row.hasFile
    ? 'empty'
    : !row.isPlayable
      ? 'unreadable'
      : row.source === 'tts'
        ? 'spoken'
        : 'recorded'
  return {
    state,
    ...(row.durationMs !== undefined && { duration_ms: row.durationMs }),
    ...(row.shape !== undefined && { shape: row.shape }),
    ...(row.normalizationError !== undefined && { normalization_error: row.normalizationError }),
  }
}

const inheritedCell = (row: TranslationRow): Cell | undefined =>
  row.hasFile && row.isPlayable ? { ...cellOf(row), state: 'inherited' } : undefined

/** Prompts × languages, from documents and scripts. Pure. */
export const buildMatrix = (input: MatrixInput): Matrix => {
  const rows = new Map<string, PromptRow>()
  const rowOf = (promptId: string): PromptRow => {
    const known = rows.get(promptId)
    if (known) return known
    const made: PromptRow = { prompt_id: promptId, area: areaOf(promptId), text: '', cells: {} }
    rows.set(promptId, made)
    return made
  }
  const languages = new Set<string>([
    input.sourceLanguage,
    ...input.scriptLanguages.filter((language) => language !== ''),
  ])

  for (const row of input.own) {
    languages.add(row.language)
    rowOf(row.promptId).cells[row.language] = cellOf(row)
  }
  for (const row of input.inherited) {
    const cell = inheritedCell(row)
    if (!cell) continue
    languages.add(row.language)
    rowOf(row.promptId).cells[row.language] ??= cell
  }
  for (const lines of input.sourceScripts) {
    for (const line of lines) {
      if (line.promptId === undefined) continue
      const row = rowOf(line.promptId)
      if (row.text === '') row.text = textOf(line)
    }
  }
  const [source, ...others] = [
    input.sourceLanguage,
    ...[...languages].filter((language) => language !== input.sourceLanguage).sort(),
  ]
  return {
    source_language: input.sourceLanguage,
    languages: rows.size === 0 ? [] : [source, ...others],
    prompts: [...rows.values()].sort((a, b) => (a.prompt_id < b.prompt_id ? -1 : 1)),
  }
}
