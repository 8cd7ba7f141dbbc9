import type { Cell } from '#contract/studio'
import type { Place } from './media-id.ts'

/** How a place of the matrix stands; `missing` is a place without a cell. */
export const placeStates = [
  'recorded',
  'spoken',
  'missing',
  'empty',
  'unreadable',
  'inherited',
] as const

export type PlaceState = (typeof placeStates)[number]

type StateTexts = {
  /** On a filter chip. */
  title: string
  /** Within a sentence, and what a screen reader hears. */
  word: string
  /** What it means for a caller, in the panel. */
  meaning: string
}

export const stateTexts: Record<PlaceState, StateTexts> = {
  recorded: { title: 'Recorded', word: 'recorded', meaning: 'A recorded or uploaded file' },
  spoken: { title: 'Spoken', word: 'spoken', meaning: 'Made by the speech engine from its text' },
  missing: { title: 'Missing', word: 'missing', meaning: 'Nothing to hear in this language' },
  empty: { title: 'No file', word: 'no file', meaning: 'Described, but without a file' },
  unreadable: {
    title: 'Unreadable',
    word: 'unreadable',
    meaning: 'The file holds no audio that can be decoded',
  },
  inherited: {
    title: 'Inherited',
    word: 'inherited',
    meaning: 'Heard from the system library; a file of your own replaces it',
  },
}

export const placeState = (cell: Cell | undefined): PlaceState => cell?.state ?? 'missing'

/** A caller hears something. */
export const isHeard = (state: PlaceState): boolean =>
  state === 'recorded' || state === 'spoken' || state === 'inherited'

/** The account has a document of its own there. */
export const isOwned = (state: PlaceState): boolean => state !== 'missing' && state !== 'inherited'

/** There are bytes to fetch, whether or not they can be decoded. */
export const hasFile = (state: PlaceState): boolean => state !== 'missing' && state !== 'empty'

export const secondsOf = (durationMs: number): string => (durationMs / 1000).toFixed(1)

/** Everything a cell shows, as a sentence: the name of the cell for those who do not see it. */
export const describeCell = ({ promptId, language }: Place, cell: Cell | undefined): string => {
  const parts = [promptId, language, stateTexts[placeState(cell)].word]
  if (cell?.duration_ms !== undefined) parts.push(`${secondsOf(cell.duration_ms)} s`)
  if (cell?.normalization_error !== undefined) parts.push('normalising failed')
  return parts.join(', ')
}
