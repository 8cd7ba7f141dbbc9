import { listed, warning, type Rule } from './facts.ts'

/** What callers would hear in place of what is not there. */
export const soundRules: readonly Rule[] = [
  {
    reads: ['language'],
    find: ({ sounds: { language, missing } }) =>
      missing.length === 0
        ? []
        : [
            warning(
              'language',
              'prompts_missing',
              `Callers hear a low tone in place of ${listed(missing)}: there is no recording in ${language}, nor in the languages heard instead.`,
              missing.join(','),
            ),
          ],
  },
  {
    reads: ['language'],
    find: ({ sounds: { language, inOtherLanguage } }) => {
      if (inOtherLanguage.length === 0) return []
      const prompts = inOtherLanguage.map(({ promptId }) => promptId)
      const languages = [...new Set(inOtherLanguage.map((each) => each.language))]
      const message = `Callers hear ${listed(languages)}, because there is no recording in ${language}: ${listed(prompts)}.`
      return [warning('language', 'prompts_in_other_language', message, prompts.join(','))]
    },
  },
  {
    reads: [],
    find: ({ sounds: { unplayable } }) =>
      unplayable.map(({ field, cause, problem }) =>
        warning(field, 'media_missing', `Callers hear a low tone in its place. ${problem}`, cause),
      ),
  },
]
