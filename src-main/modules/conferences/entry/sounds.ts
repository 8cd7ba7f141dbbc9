import type { ConferenceDocument } from '#contract/conferences'
import type { Audible } from '../../playback/playback.ts'
import { holdMusic, soundOf } from '../room/sounds.ts'
import type { Refusal, Role } from './types.ts'

/** What callers hear before they are in the room. */
export const prompt = (promptId: string): Audible => ({ kind: 'prompt', promptId })

/** KAZOO's: half a second, then speak. */
export const recordTone: Audible = { kind: 'tones', text: '%(500,100,440)' }

/** A quiet tone every ten seconds: the call lives, though nobody has chosen music. */
const reminder: Audible = { kind: 'tones', text: 'v=-20;%(200,9800,425)' }

/** Heard before being turned away. A locked conference sounds like a full one in KAZOO's default profile. */
export const refusalSound = (
  { profile, max_members_media: fullMedia }: ConferenceDocument,
  refusal: Refusal,
): readonly Audible[] => {
  if (refusal === 'too_many_attempts') return [prompt('conf-too_many_attempts')]
  const chosen =
    refusal === 'full' ? (fullMedia ?? profile?.['max-members-sound']) : profile?.['locked-sound']
  return chosen === undefined ? [prompt('conf-max_participants')] : soundOf(chosen)
}

/** Looped for who waits for a moderator. */
export const waitingSounds = (document: ConferenceDocument): readonly Audible[] => {
  const music = holdMusic(document)
  return music.length > 0 ? music : [reminder]
}

/** The last a caller hears before the room, which says itself that somebody came in muted or deaf. */
export const joiningSounds = ({ member }: ConferenceDocument, role: Role): readonly Audible[] =>
  role === 'member' && member.play_entry_prompt !== false ? [prompt('conf-joining_conference')] : []
