/** A cell of the matrix by name. */
export type Place = { promptId: string; language: string }

const SEPARATOR = '%2F'

/** The media document of a translation: `fr-fr%2Fvm-enter_pass`, in this spelling also in the database. */
export const mediaIdOf = ({ promptId, language }: Place): string =>
  `${language}${SEPARATOR}${promptId}`

/** The place of a media or script id; undefined for media that are no prompts. */
export const placeOf = (id: string): Place | undefined => {
  const at = id.indexOf(SEPARATOR)
  if (at < 1) return undefined
  return { language: id.slice(0, at), promptId: id.slice(at + SEPARATOR.length) }
}

export const isSamePlace = (a: Place | null, b: Place | null): boolean =>
  a?.promptId === b?.promptId && a?.language === b?.language
