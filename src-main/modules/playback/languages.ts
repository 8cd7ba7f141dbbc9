/** `fr-fr_en-us` means fr-fr where it can be had (spec “Prompt ids”, compound languages). */
const parts = (tag: string): string[] => (tag.includes('_') ? [tag, ...tag.split('_')] : [tag])

const withPrimary = (tag: string): string[] => {
  const [primary = tag] = tag.split(/[-_]/)
  return [tag, primary]
}

/**
 * In which languages a prompt is looked for: the one asked for, its primary language, and the same for each of the
 * defaults. Lower case, as prompts are named.
 */
export const fallbackLanguages = (...wanted: readonly (string | undefined)[]): string[] => [
  ...new Set(wanted.flatMap((tag) => (tag ? parts(tag.toLowerCase()) : [])).flatMap(withPrimary)),
]
