import type { Audible } from '../../playback/playback.ts'
import { aloneSound } from '../room/sounds.ts'
import { isBeginOfPin, needsPin, roleOfPin, roleWithoutPin } from './pins.ts'
import { joiningSounds, prompt, recordTone, refusalSound, waitingSounds } from './sounds.ts'
import type {
  EntryCommand,
  EntryEvent,
  EntryFacts,
  EntryState,
  NameState,
  PinState,
  Refusal,
  Role,
  SeatState,
  Step,
  WelcomeState,
} from './types.ts'

/** KAZOO's `pin_timeout`, for the first digit and between digits. */
export const DIGIT_TIMEOUT_MS = 5000
/**
 * A PIN that is right and cannot be longer needs no `#`, but it waits for one: in the room `#` hangs up, and callers
 * press it because the prompt says so.
 */
export const POUND_TIMEOUT_MS = 2000
/** No PIN is longer (schema of conferences). */
const longestPin = 16
const mostTries = 3
export const LONGEST_NAME_MS = 5000
/** Shorter is a key that was pressed at once. */
const shortestNameMs = 300
/** Somebody who is turned away hears no longer of it: media can be endless. */
export const REFUSAL_TIMEOUT_MS = 30_000

const play = (...items: readonly Audible[]): EntryCommand => ({ kind: 'play', items })
const timer = (ms: number | undefined): EntryCommand => ({ kind: 'timer', ms })
const note = (text: string): EntryCommand => ({ kind: 'note', text })

const refusalNotes = {
  locked: 'Turned away: the conference is locked',
  full: 'Turned away: the conference is full',
  too_many_attempts: 'Turned away: too many wrong PINs',
} as const satisfies Record<Refusal, string>

const hangUp = (facts: EntryFacts): Step => ({
  state: { phase: 'over', facts },
  commands: [{ kind: 'hush' }, timer(undefined), { kind: 'hang-up', cause: 'CALL_REJECTED' }],
})

const refuse = (facts: EntryFacts, refusal: Refusal): Step => {
  const items = refusalSound(facts.conference, refusal)
  const told = note(refusalNotes[refusal])
  if (items.length === 0) {
    const { state, commands } = hangUp(facts)
    return { state, commands: [told, ...commands] }
  }
  return {
    state: { phase: 'refused', facts },
    commands: [told, play(...items), timer(REFUSAL_TIMEOUT_MS)],
  }
}

/** Locked and full are told only to who may know of the conference: after the PIN. */
const obstacle = ({ conference, room }: EntryFacts): 'locked' | 'full' | undefined => {
  if (room.isLocked) return 'locked'
  const limits = [conference.max_participants, conference.profile?.['max-members']]
  return limits.some((most = 0) => most > 0 && room.participants >= most) ? 'full' : undefined
}

const mustWait = ({ conference, room }: EntryFacts, role: Role): boolean =>
  role === 'member' && conference.wait_for_moderator === true && !room.hasModerator

const music = ({ conference }: EntryFacts): EntryCommand => ({
  kind: 'play',
  items: waitingSounds(conference),
  loop: true,
})

type Seat = { readonly role: Role; readonly namePath: string | undefined }

const admit = (facts: EntryFacts, { role, namePath }: Seat): Step => ({
  state: { phase: 'admitting', facts, role, namePath },
  commands: [{ kind: 'hush' }, timer(undefined), { kind: 'admit', role, namePath }],
})

const wait = (facts: EntryFacts, { role, namePath }: Seat): Step => {
  const alone = facts.room.participants === 0 ? aloneSound(facts.conference) : []
  return {
    state: { phase: 'waiting', facts, role, namePath },
    commands: [
      note('Waits for a moderator'),
      timer(undefined),
      alone.length > 0 ? play(...alone) : music(facts),
    ],
  }
}

/** `next` is what happens to somebody whom nothing keeps out. */
const arrive = (
  facts: EntryFacts,
  seat: Seat,
  next: (facts: EntryFacts, seat: Seat) => Step,
): Step => {
  const why = obstacle(facts)
  if (why) return refuse(facts, why)
  return mustWait(facts, seat.role) ? wait(facts, seat) : next(facts, seat)
}

const join = (facts: EntryFacts, seat: Seat): Step => {
  const { role, namePath } = seat
  const items = joiningSounds(facts.conference, role)
  if (items.length === 0) return admit(facts, seat)
  return {
    state: { phase: 'joining', facts, role, namePath },
    commands: [timer(undefined), play(...items)],
  }
}

/** The role is known. */
const enter = (facts: EntryFacts, role: Role): Step => {
  const why = obstacle(facts)
  if (why) return refuse(facts, why)
  if (!facts.conference.play_name) return arrive(facts, { role, namePath: undefined }, join)
  return {
    state: { phase: 'naming', facts, role },
    commands: [timer(undefined), play(prompt('conf-announce_your_name'), recordTone)],
  }
}

const answered = (facts: EntryFacts): Step => {
  const welcome = facts.conference.play_welcome === false ? [] : [prompt('conf-welcome')]
  if (needsPin(facts))
    return {
      state: { phase: 'pin', facts, typed: '', failed: 0 },
      commands: [play(...welcome, prompt('conf-enter_conf_pin'))],
    }
  const role = roleWithoutPin(facts)
  if (welcome.length === 0) return enter(facts, role)
  return { state: { phase: 'welcome', facts, role }, commands: [play(...welcome)] }
}

const judgePin = ({ facts, typed, failed }: PinState): Step => {
  const role = roleOfPin(facts, typed)
  if (role) return enter(facts, role)
  const tries = failed + 1
  const guessed: EntryCommand[] = typed === '' ? [] : [{ kind: 'wrong-pin' }]
  const told = note(`${typed === '' ? 'No PIN' : 'A wrong PIN'} (try ${tries} of ${mostTries})`)
  if (tries >= mostTries) {
    const { state, commands } = refuse(facts, 'too_many_attempts')
    return { state, commands: [...guessed, told, ...commands] }
  }
  return {
    state: { phase: 'pin', facts, typed: '', failed: tries },
    commands: [
      ...guessed,
      told,
      timer(undefined),
      play(prompt('conf-bad_pin'), prompt('conf-enter_conf_pin')),
    ],
  }
}

/** `#` ends a PIN, `*` begins it anew; digits may come while the prompt still plays. */
const pinDigit = (state: PinState, digit: string): Step | undefined => {
  if (digit === '#') return judgePin(state)
  if (!/^[0-9*]$/.test(digit)) return undefined
  const typed = digit === '*' ? '' : state.typed + digit
  const next = { ...state, typed }
  if (typed.length >= longestPin) return judgePin(next)
  const isComplete = typed !== '' && !isBeginOfPin(state.facts, typed)
  const isRight = isComplete && roleOfPin(state.facts, typed) !== undefined
  const ms = isRight ? POUND_TIMEOUT_MS : DIGIT_TIMEOUT_MS
  return { state: next, commands: [{ kind: 'hush' }, timer(ms)] }
}

const pinStep = (state: PinState, event: EntryEvent): Step | undefined => {
  if (event.kind === 'digit') return pinDigit(state, event.digit)
  if (event.kind === 'timer') return judgePin(state)
  if (event.kind === 'played') return { state, commands: [timer(DIGIT_TIMEOUT_MS)] }
  return event.kind === 'blocked' ? refuse(state.facts, 'too_many_attempts') : undefined
}

const namingStep = ({ facts, role }: NameState, event: EntryEvent): Step | undefined => {
  // The # that ended a PIN may come late: it is not meant for this prompt.
  const isSkipped = event.kind === 'digit' && event.digit !== '#'
  if (!isSkipped && event.kind !== 'played') return undefined
  return {
    state: { phase: 'recording', facts, role },
    commands: [{ kind: 'hush' }, { kind: 'record-name', maximumMs: LONGEST_NAME_MS }],
  }
}

const recordingStep = (state: NameState, event: EntryEvent): Step | undefined => {
  if (event.kind === 'digit') return { state, commands: [{ kind: 'stop-recording' }] }
  if (event.kind !== 'recorded') return undefined
  const namePath = event.ms < shortestNameMs ? undefined : event.path
  const next = arrive(state.facts, { role: state.role, namePath }, join)
  const told = namePath === undefined ? [note('No name was recorded')] : []
  return { state: next.state, commands: [...told, ...next.commands] }
}

const waitingStep = (state: SeatState, event: EntryEvent): Step | undefined => {
  if (event.kind === 'room' && !mustWait(state.facts, state.role))
    return arrive(state.facts, state, join)
  return event.kind === 'played' ? { state, commands: [music(state.facts)] } : undefined
}

const welcomeStep = ({ facts, role }: WelcomeState, event: EntryEvent): Step | undefined =>
  event.kind === 'played' || event.kind === 'digit' ? enter(facts, role) : undefined

const refusedStep = (facts: EntryFacts, event: EntryEvent): Step | undefined =>
  event.kind === 'played' || event.kind === 'timer' ? hangUp(facts) : undefined

/** Undefined: the event changes nothing. */
const stepOf = (state: EntryState, event: EntryEvent): Step | undefined => {
  switch (state.phase) {
    case 'ringing':
      return event.kind === 'answered' ? answered(state.facts) : undefined
    case 'welcome':
      return welcomeStep(state, event)
    case 'pin':
      return pinStep(state, event)
    case 'naming':
      return namingStep(state, event)
    case 'recording':
      return recordingStep(state, event)
    case 'waiting':
      return waitingStep(state, event)
    case 'joining':
      return event.kind === 'played' ? arrive(state.facts, state, admit) : undefined
    case 'admitting':
      return event.kind === 'refused' ? refuse(state.facts, event.refusal) : undefined
    case 'refused':
      return refusedStep(state.facts, event)
    case 'over':
      return undefined
  }
}

export const begin = (facts: EntryFacts): EntryState => ({ phase: 'ringing', facts })

/**
 * How somebody gets into a conference, from the answered call to a seat or a goodbye (spec: kazoo.md §4.7). Pure: what
 * happened goes in, what is to be done comes out.
 */
export const step = (before: EntryState, event: EntryEvent): Step => {
  const state: EntryState =
    event.kind === 'room' ? { ...before, facts: { ...before.facts, room: event.room } } : before
  return stepOf(state, event) ?? { state, commands: [] }
}
