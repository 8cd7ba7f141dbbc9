import type { Audible } from './audible.ts'
import type { Place } from './library-files.ts'
import { readReference, systemLibrary } from './reference.ts'

/** What an item is, before anything is fetched or decoded. */
export type Sought =
  | { readonly kind: 'tones'; readonly text: string }
  | { readonly kind: 'silence'; readonly ms: number }
  | { readonly kind: 'url'; readonly url: URL }
  | { readonly kind: 'number'; readonly value: number }
  | Extract<Audible, { kind: 'file' }>
  | InLibrary

/** A file of a library: in the first of the places that has one. `missing` is said when none has. */
export type InLibrary = {
  readonly kind: 'library'
  readonly places: readonly LanguagePlace[]
  readonly missing: string
}

/** With the language of a prompt. */
export type LanguagePlace = Place & { readonly language?: string }

/** Who asks. */
export type Asker = {
  readonly accountId: string
  /** Prompts are looked for in these. */
  readonly languages: readonly string[]
}

const translations = (
  libraries: readonly string[],
  languages: readonly string[],
  promptId: string,
): LanguagePlace[] =>
  languages.flatMap((language) =>
    libraries.map((library) => ({ library, language, id: `${language}/${promptId}` })),
  )

const prompt = (
  libraries: readonly string[],
  languages: readonly string[],
  promptId: string,
): InLibrary => ({
  kind: 'library',
  places: translations(libraries, languages, promptId),
  missing: `There is no such prompt in ${languages.join(', ')}.`,
})

/** A media document; a prompt where none has the id: KAZOO's profiles name their sounds by prompt ids. */
const media = (
  libraries: readonly string[],
  languages: readonly string[],
  id: string,
): InLibrary => ({
  kind: 'library',
  places: [
    ...libraries.map((library) => ({ library, id })),
    ...translations(libraries, languages, id),
  ],
  missing: `There is no such media with a file in it, and no such prompt in ${languages.join(', ')}.`,
})

/** Throws `Unplayable` for a reference that means nothing here. */
export const seek = (
  audible: Audible,
  { accountId, languages }: Asker,
  languagesOf: (accountId: string, language: string) => readonly string[],
): Sought => {
  if (audible.kind === 'prompt')
    return prompt([accountId, systemLibrary], languages, audible.promptId)
  if (audible.kind !== 'media') return audible
  const reference = readReference(audible.reference, accountId)
  if (reference.kind === 'media') return media(reference.libraries, languages, reference.id)
  if (reference.kind !== 'prompt') return reference
  const { libraries, promptId, language } = reference
  return prompt(libraries, languagesOf(accountId, language), promptId)
}
