import type { GridPosition } from './grid-moves.ts'
import type { MatrixItem } from './matrix-model.ts'
import type { Place } from './media-id.ts'
import type { Cursor } from './prompts-state.ts'

type Shown = { items: readonly MatrixItem[]; languages: readonly string[] }

const firstPrompt = (items: readonly MatrixItem[]): number =>
  Math.max(
    0,
    items.findIndex(({ kind }) => kind === 'prompt'),
  )

/** Where the cursor is now: at what it names, else near where that was, else at the first prompt. */
export const locateCursor = (
  { items, languages }: Shown,
  cursor: Cursor | null,
): GridPosition | undefined => {
  if (items.length === 0 || languages.length === 0) return undefined
  if (cursor === null) return { item: firstPrompt(items), column: 0 }
  const found = items.findIndex(({ key }) => key === cursor.key)
  return {
    item: found < 0 ? Math.min(Math.max(0, cursor.item), items.length - 1) : found,
    column: Math.max(0, languages.indexOf(cursor.language)),
  }
}

export const cursorAt = (
  { items, languages }: Shown,
  { item, column }: GridPosition,
): Cursor | null => {
  const key = items[item]?.key
  const language = languages[column]
  return key === undefined || language === undefined ? null : { key, language, item }
}

/** The cell under a position; undefined on the heading of an area. */
export const placeAt = (
  { items, languages }: Shown,
  { item, column }: GridPosition,
): Place | undefined => {
  const found = items[item]
  const language = languages[column]
  if (found?.kind !== 'prompt' || language === undefined) return undefined
  return { promptId: found.row.prompt_id, language }
}
