import type { VoiceMapping } from '#contract/studio'
import type { SelectOption } from '../../ui/select.tsx'

export type SpokenVoice = VoiceMapping['voice']

const baseOf = (language: string): string => language.toLowerCase().split('-', 1)[0] ?? ''

const optionOf = ({ voice, engine_voice }: VoiceMapping): SelectOption<SpokenVoice> => ({
  value: voice,
  label: voice,
  detail: engine_voice,
})

/** The voices of a language; without any those of the same tongue elsewhere, and else all. */
export const voiceOptions = (
  mappings: readonly VoiceMapping[],
  language: string,
): { options: SelectOption<SpokenVoice>[]; hasOwnVoice: boolean } => {
  const own = mappings.filter(
    (mapping) => mapping.language.toLowerCase() === language.toLowerCase(),
  )
  const related = mappings.filter((mapping) => baseOf(mapping.language) === baseOf(language))
  const offered = own.length > 0 ? own : related.length > 0 ? related : mappings
  return { options: offered.map(optionOf), hasOwnVoice: related.length > 0 }
}
