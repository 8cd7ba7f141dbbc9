import type { AskedBy } from '#contract/live-conferences'

/** Names of what events know by id only. */
export type Names = {
  readonly participant: (instanceId: string, participantId: number) => string
  /** A medium, prompt, URL or tones, as it was asked for. */
  readonly media: (reference: string) => string
  /** What was dialled. */
  readonly endpoint: (endpointId: string) => string
  /** Whether it is who looks at this. */
  readonly isYou: (by: AskedBy) => boolean
}

/** Controls that change the direction of what follows them: in a name they would turn the sentence around. */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** A name that stays a word of an English sentence, whatever is in it (Unicode TR9: FSI and PDI). */
export const isolated = (name: string): string => {
  const plain = name.replace(directionControls, '')
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain
}

/** Who it is: the name a phone gives, or the number, or what is left. */
export const callerName = (event: object): string => {
  const { caller_id_name: name, caller_id_number: number } = event as Record<string, unknown>
  if (typeof name === 'string' && name.trim() !== '') return isolated(name)
  return typeof number === 'string' && number !== '' ? isolated(number) : 'Unknown caller'
}

export const quoted = (name: string): string => `“${name}”`

/** Whom something is played to. */
export const listenerOf = (
  { instance_id: run, participant_id: id }: { instance_id?: string; participant_id?: number },
  names: Names,
): string => (id === undefined ? 'everybody' : names.participant(run ?? '', id))

/** Whether two are the same asker; scripts with a key are nobody in particular. */
export const isSameAsker = (one: AskedBy, other: AskedBy): boolean =>
  one.kind === 'user'
    ? other.kind === 'user' && one.user_id === other.user_id
    : one.kind === 'application' && other.kind === 'application'

/** Who asked, as it goes on a sentence. */
export const byText = (by: AskedBy, { isYou }: Pick<Names, 'isYou'>): string => {
  if (isYou(by)) return 'by you'
  switch (by.kind) {
    case 'user':
      return `by ${isolated(by.name)}`
    case 'application':
      return 'at the server'
    case 'api_key':
      return 'by a script'
    case 'participant':
      return `by ${isolated(by.name)}, on the phone`
  }
}
