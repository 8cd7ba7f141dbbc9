import type { LibraryItem, Matrix } from '#contract/studio'

/** Something that can be played to people. */
export type Sound = {
  /** What the play action calls it. */
  readonly id: string
  readonly name: string
  /** The words of a prompt, the description of a medium. */
  readonly detail: string
  readonly durationMs: number
  /** Heard from the library below every account. */
  readonly isSystem: boolean
}

/** Media with sound in it; the others cannot be played. */
export const soundsOfMedia = (items: readonly LibraryItem[]): readonly Sound[] =>
  items.flatMap(({ id, name, description, audio }) =>
    audio?.playable === true
      ? [
          {
            ...{ id, name, detail: description ?? '', isSystem: false },
            durationMs: audio.duration_ms ?? 0,
          },
        ]
      : [],
  )

/** The prompts a language has, of those whose id or words have every word that is searched for. */
export const soundsOfPrompts = (
  matrix: Matrix,
  language: string,
  search: string,
): readonly Sound[] => {
  const words = search.toLowerCase().split(/\s+/)
  return matrix.prompts.flatMap(({ prompt_id: promptId, text, cells }) => {
    const cell = cells[language]
    const searched = `${promptId} ${text}`.toLowerCase()
    if (cell?.duration_ms === undefined || !words.every((word) => searched.includes(word)))
      return []
    return [
      {
        ...{ id: `${language}%2F${promptId}`, name: promptId, detail: text },
        ...{ durationMs: cell.duration_ms, isSystem: cell.state === 'inherited' },
      },
    ]
  })
}

export const audienceText = (count: number): string =>
  count === 1 ? '1 person' : `${count} people`
