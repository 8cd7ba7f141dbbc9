import type { VoiceMapping } from '#contract/studio'
import { voices, type Voice } from '#contract/voices'

/**
 * Which espeak-ng voice speaks for each voice of the media schema. espeak-ng has one voice a language
 * and variants that change its timbre: `en-us+f3`. The choices are ours; the gender of cloud voices,
 * whose names do not tell, follows what their vendor publishes.
 */
const bases: Readonly<Record<string, string>> = {
  'ca-ES': 'ca',
  'cs-CZ': 'cs',
  'da-DK': 'da',
  'de-DE': 'de',
  'en-AU': 'en-gb', // nearest: there is no Australian voice
  'en-CA': 'en-us',
  'en-GB': 'en-gb',
  'en-US': 'en-us',
  'es-ES': 'es',
  'es-US': 'es-419',
  'fi-FI': 'fi',
  'fr-CA': 'fr-fr',
  'fr-FR': 'fr-fr',
  'hu-HU': 'hu',
  'it-IT': 'it',
  'ja-JP': 'ja',
  'ko-KR': 'ko',
  'nb-NO': 'nb',
  'nl-NL': 'nl',
  'pl-PL': 'pl',
  'pt-BR': 'pt-br',
  'pt-PT': 'pt',
  'ru-RU': 'ru',
  'sv-SE': 'sv',
  'tr-TR': 'tr',
  'zh-CN': 'cmn',
  'zh-HK': 'yue',
  'zh-TW': 'cmn',
}

/** Misspelt in the schema itself. */
const aliases: Readonly<Record<string, string>> = { 'us-US': 'en-US' }

const plainVariants = { female: 'f3', male: 'm3' }

const namedVariants: Readonly<Record<string, string>> = {
  Julia: 'f1',
  Anna: 'f2',
  Viktoria: 'f4',
  Maria: 'f5',
  Lidia: 'linda',
  Vladimir: 'm1',
  Alexander: 'm2',
}

// Cloud voices by kind, gender and letter. Six female American voices share five variants.
const cloudVariants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Standard/female': { A: 'f1', C: 'f2', E: 'f4', F: 'f5' },
  'Standard/male': { A: 'm4', B: 'm1', D: 'm2' },
  'Wavenet/female': { A: 'f4', C: 'f5', E: 'f1', F: 'f2' },
  'Wavenet/male': { A: 'm4', B: 'm5', D: 'm6' },
}

type Gender = VoiceMapping['gender']
type Speaker = { language: string; gender: Gender; variant: string }

/** Published: B and D are men, the others women; only American English begins with a man. */
const genderOf = (language: string, letter: string): Gender =>
  ['B', 'D'].includes(letter) || (language === 'en-US' && letter === 'A') ? 'male' : 'female'

const cloudSpeaker = (voice: Voice): Speaker | undefined => {
  const [, language, kind, letter] = /^(\w+-\w+)-(Standard|Wavenet)-(\w)$/.exec(voice) ?? []
  if (language === undefined || kind === undefined || letter === undefined) return undefined
  const gender = genderOf(language, letter)
  const variant = cloudVariants[`${kind}/${gender}`]?.[letter] ?? plainVariants[gender]
  return { language, gender, variant }
}

const plainSpeaker = (voice: Voice): Speaker => {
  const [spoken = '', tag = '', name = ''] = voice.split('/')
  const gender = spoken === 'male' ? 'male' : 'female'
  return {
    language: aliases[tag] ?? tag,
    gender,
    variant: namedVariants[name] ?? plainVariants[gender],
  }
}

const mappingOf = (voice: Voice): VoiceMapping => {
  const { language, gender, variant } = cloudSpeaker(voice) ?? plainSpeaker(voice)
  const base = bases[language]
  if (base === undefined) throw new Error(`no espeak-ng voice is chosen for ${language}`)
  return { voice, language, gender, engine: 'espeak-ng', engine_voice: `${base}+${variant}` }
}

export const voiceMappings: readonly VoiceMapping[] = voices.map(mappingOf)
