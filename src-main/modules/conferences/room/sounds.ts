import type { ConferenceDocument } from '#contract/conferences'
import type { Rate } from '../../../engine/port.ts'
import type { Audible } from '../../playback/playback.ts'

/**
 * What a room plays when, as its document says. Pure. A sound in a document is a media reference or a bare tone string; an
 * empty one is no sound, a missing one is KAZOO's.
 */
type Sounds = Pick<ConferenceDocument, 'play_entry_tone' | 'play_exit_tone' | 'profile'>

/** Names are recorded at the rate of telephones. */
const NAME_RATE: Rate = 8000

/** Up for who comes, down for who goes. */
const tones = {
  entry: 'v=-13;%(150,20,523);%(300,0,659)',
  exit: 'v=-13;%(150,20,523);%(300,0,440)',
} as const

const prompt = (promptId: string): Audible => ({ kind: 'prompt', promptId })

/** As a document or a request names it. */
export const soundOf = (text: string): readonly Audible[] => {
  if (text === '') return []
  const isToneString = text.includes('%(') && !text.includes('://')
  return [isToneString ? { kind: 'tones', text } : { kind: 'media', reference: text }]
}

const soundOr = (text: string | undefined, promptId: string): readonly Audible[] =>
  text === undefined ? [prompt(promptId)] : soundOf(text)

/** The document's own choice counts before its profile's sound; KAZOO plays a tone unless told otherwise. */
const toneOf = (
  chosen: boolean | string | undefined,
  profiled: string | undefined,
  usual: string,
): readonly Audible[] => {
  if (chosen === false) return []
  if (typeof chosen === 'string') return soundOf(chosen)
  return profiled === undefined ? [{ kind: 'tones', text: usual }] : soundOf(profiled)
}

/** Said to everybody: each hears how many others there are (seed: "above this threshold"). */
const countOf = ({ profile }: Sounds, counted: number): readonly Audible[] => {
  const threshold = profile?.['announce-count'] ?? 0
  if (threshold === 0 || counted <= threshold || counted < 2) return []
  if (counted === 2) return [prompt('conf-single')]
  const others: Audible = { kind: 'number', value: counted - 1 }
  return [prompt('conf-there_are'), others, prompt('conf-other_participants')]
}

/** Heard once by somebody who is alone. */
export const aloneSound = ({ profile }: Sounds): readonly Audible[] =>
  soundOr(profile?.['alone-sound'], 'conf-alone')

export const holdMusic = ({ profile }: Sounds): readonly Audible[] =>
  soundOf(profile?.['moh-sound'] ?? '')

const named = (namePath: string | undefined, promptId: string): readonly Audible[] =>
  namePath === undefined
    ? []
    : [{ kind: 'file', path: namePath, rate: NAME_RATE }, prompt(promptId)]

/** Heard by the room when somebody came; `counted` are in it now. */
export const arrival = (
  sounds: Sounds,
  counted: number,
  namePath: string | undefined,
): readonly Audible[] => [
  ...toneOf(sounds.play_entry_tone, sounds.profile?.['enter-sound'], tones.entry),
  ...(counted > 1 ? named(namePath, 'conf-has_joined') : []),
  ...countOf(sounds, counted),
]

/** Heard by who is left. */
export const departure = (sounds: Sounds, namePath: string | undefined): readonly Audible[] => [
  ...toneOf(sounds.play_exit_tone, sounds.profile?.['exit-sound'], tones.exit),
  ...named(namePath, 'conf-has_left'),
]

/** Heard by a participant whose being heard or hearing has changed, or who comes in muted or deaf. */
export const stateSounds = (
  { profile }: Sounds,
  change: { speak?: boolean; hear?: boolean },
): readonly Audible[] => {
  const { speak, hear } = change
  return [
    ...(speak === true ? soundOr(profile?.['unmuted-sound'], 'conf-unmuted') : []),
    ...(speak === false ? soundOr(profile?.['muted-sound'], 'conf-muted') : []),
    ...(hear === undefined ? [] : [prompt(hear ? 'conf-undeaf' : 'conf-deaf')]),
  ]
}

/** Heard by members when their conference needs a moderator and the last one has left. */
export const goodbye: readonly Audible[] = [prompt('general-goodbye')]

/** Everything a room may play by itself, for who wants to know before whether it is there. */
export const repertoire = (
  sounds: Sounds & Pick<ConferenceDocument, 'play_name' | 'require_moderator'>,
): readonly Audible[] => {
  const namePath = sounds.play_name ? '' : undefined
  const announced = (sounds.profile?.['announce-count'] ?? 0) + 1
  return [
    ...aloneSound(sounds),
    ...holdMusic(sounds),
    ...[1, 2, announced, 3].flatMap((counted) => arrival(sounds, counted, namePath)),
    ...departure(sounds, namePath),
    ...stateSounds(sounds, { speak: true, hear: true }),
    ...stateSounds(sounds, { speak: false, hear: false }),
    ...(sounds.require_moderator === true ? goodbye : []),
  ]
}
