import { expect, it } from 'vitest'
import { begin, step } from './entry.ts'
import { documentOf } from './test/call.ts'
import type { EntryCommand, EntryEvent, EntryFacts, EntryRoom, EntryState } from './types.ts'

/** Mulberry32: the same walk for the same seed, everywhere. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

const createWalker = (seed: number) => {
  const random = randomOf(seed)
  const chance = (of = 0.5) => random() < of
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!

  const room = (): EntryRoom => ({
    isLocked: chance(0.2),
    participants: Math.floor(random() * 4),
    hasModerator: chance(),
  })
  const facts = (pins: { member?: string[]; moderator?: string[] }): EntryFacts => ({
    conference: documentOf({
      ...pins,
      play_welcome: chance(),
      play_name: chance(),
      wait_for_moderator: chance(),
      max_participants: one([0, 2, 10]),
      profile: { 'locked-sound': one(['', 'conf-x']), 'moh-sound': one(['', 'music']) },
    }),
    roleByNumber: one(['member', 'moderator', undefined]),
    room: room(),
  })
  return { random, chance, one, room, facts }
}

/** What is under way in a call, as its driver would have it. */
const createCall = (facts: EntryFacts) => {
  let state: EntryState = begin(facts)
  let playing: 'once' | 'loop' | undefined
  let timer = false
  let recording = false
  let ends = 0
  let admits = 0

  const obey = (command: EntryCommand) => {
    if (command.kind === 'play') {
      expect(command.items.length).toBeGreaterThan(0)
      playing = command.loop ? 'loop' : 'once'
    }
    if (command.kind === 'hush') playing = undefined
    if (command.kind === 'timer') timer = command.ms !== undefined
    if (command.kind === 'record-name') {
      expect([playing, recording]).toEqual([undefined, false])
      recording = true
    }
    if (command.kind === 'admit') admits++
    if (command.kind === 'hang-up') ends++
  }

  const happen = (event: EntryEvent) => {
    if (event.kind === 'played') playing = undefined
    if (event.kind === 'timer') timer = false
    if (event.kind === 'recorded') recording = false
    const next = step(state, event)
    state = next.state
    next.commands.forEach(obey)
    const isDone = state.phase === 'over' || state.phase === 'admitting'
    if (isDone) expect([playing, timer, recording]).toEqual([undefined, false, false])
    // Somebody who hears nothing and for whom nothing will happen is a dead call.
    else if (state.phase !== 'ringing') expect(playing ?? (timer || recording)).toBeTruthy()
  }

  /** What can happen by itself. */
  const due = (): EntryEvent[] => [
    ...(playing === 'once' ? [{ kind: 'played' } as const] : []),
    ...(timer ? [{ kind: 'timer' } as const] : []),
    ...(recording ? [{ kind: 'recorded', path: '/n', ms: 800 } as const] : []),
  ]
  return { happen, due, phase: () => state.phase, counts: () => ({ ends, admits }) }
}

type Walker = ReturnType<typeof createWalker>

const digit = (walker: Walker, keys: string): EntryEvent => ({
  kind: 'digit',
  digit: walker.one(keys.split('')),
})

const wander = (walker: Walker, facts: EntryFacts, keys: string) => {
  const call = createCall(facts)
  call.happen({ kind: 'answered' })
  for (let i = 0; i < 60; i++) {
    const events = [...call.due(), ...call.due(), digit(walker, keys), digit(walker, keys)]
    if (walker.chance(0.2)) events.push({ kind: 'room', room: walker.room() })
    if (walker.chance(0.01)) events.push({ kind: 'blocked' })
    if (call.phase() === 'admitting' && walker.chance(0.3))
      events.push({ kind: 'refused', refusal: walker.one(['locked', 'full']) })
    call.happen(walker.one(events))
  }
  return call
}

it('is never stuck, and ends with one seat or one goodbye, whatever happens', () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const walker = createWalker(seed)
    const pins = walker.one([{}, { member: ['12'] }, { moderator: ['7'] }])
    const call = wander(walker, walker.facts(pins), '0127#*A')
    call.happen({ kind: 'room', room: { isLocked: false, participants: 1, hasModerator: true } })
    for (let i = 0; i < 20; i++) call.due().slice(0, 1).forEach(call.happen)
    const { ends, admits } = call.counts()
    if (call.phase() === 'over') expect(ends).toBe(1)
    else expect([call.phase(), ends]).toEqual(['admitting', 0])
    expect(admits).toBeLessThanOrEqual(1)
  }
})

it('lets nobody in who never pressed a key that every PIN has', () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const walker = createWalker(seed)
    const pins = { member: ['127', '7'], moderator: ['0070'] }
    const call = wander(walker, walker.facts(pins), '012#*A')
    expect(call.counts().admits).toBe(0)
  }
})

it('takes events that nobody expected in any order', () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const walker = createWalker(seed)
    let state = begin(walker.facts({ member: ['1'] }))
    for (let i = 0; i < 40; i++) {
      const events: EntryEvent[] = [
        { kind: 'answered' },
        { kind: 'timer' },
        { kind: 'played' },
        { kind: 'recorded', path: undefined, ms: NaN },
        { kind: 'blocked' },
        { kind: 'refused', refusal: 'full' },
        { kind: 'room', room: walker.room() },
        digit(walker, '12#*'),
      ]
      state = step(state, walker.one(events)).state
    }
  }
})
