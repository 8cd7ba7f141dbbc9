import { invalid } from '../../platform/errors.ts'

/**
 * How media are named. A prompt's id is `LANG%2FPROMPT_ID`, written with a literal `%2F` (seed: "id" of
 * a created prompt); in a URL it arrives as `LANG%2F…` or `LANG%252F…`.
 */
const separator = '%2F'

const languagePattern = /^[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8}){0,8}$/
// A prompt id becomes a file name in a pack: nothing that could name a folder or hide a file.
const promptIdPattern = /^(?!\.)[^\p{Cc}\p{Cs}/\\%:*?"<>|]{1,128}$/u

export const promptMediaId = (language: string, promptId: string): string =>
  `${language.toLowerCase()}${separator}${promptId}`

/** A path segment, decoded once by the router, as the id it means. */
export const mediaIdFromPath = (segment: string): string => {
  const [language = '', ...promptId] = segment.replace(/%2f/i, '/').split('/')
  return promptId.length === 0 ? segment : promptMediaId(language, promptId.join('/'))
}

/** Ids that stand for silence or a stream name no prompt (spec: prompt ids). */
export const namesPrompt = (promptId: string | undefined): promptId is string =>
  promptId !== undefined && promptId !== '' && promptId !== 'silence' && !/^\w+:\/\//.test(promptId)

/** Throws a validation error for a language that is no tag. */
export const checkLanguage = (language: string): void => {
  if (languagePattern.test(language)) return
  throw invalid({
    language: {
      pattern: {
        message: 'A language is a tag such as en, en-us or fr-fr',
        target: languagePattern.source,
        value: language.slice(0, 200),
      },
    },
  })
}

/** Throws a validation error for a prompt id that could not be a file name. */
export const checkPromptId = (promptId: string): void => {
  if (promptIdPattern.test(promptId)) return
  throw invalid({
    prompt_id: {
      pattern: {
        message:
          'A prompt id has 1 to 128 characters, none of them / \\ % : * ? " < > | or a control character, and does not start with a dot',
        target: promptIdPattern.source,
        value: promptId.slice(0, 200),
      },
    },
  })
}

/** What a file of the document is called when nobody named it; never a path. */
export const safeFileName = (body: { prompt_id?: unknown; name?: unknown }): string => {
  const { prompt_id: promptId, name } = body
  const chosen = typeof promptId === 'string' && promptId !== '' ? promptId : name
  return (typeof chosen === 'string' ? chosen : 'media')
    .replaceAll(/[/\\\p{Cc}]/gu, '_')
    .slice(0, 200)
}
