import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScope, type Scope } from '../../../platform/scope.ts'
import type { ControlsDocument } from './bindings.ts'
import type { ControlSettings } from './controls.ts'
import { SEQUENCE_PAUSE_MS } from './listen.ts'
import { createSeat } from './test/seat.ts'

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('participant')
})
afterEach(async () => {
  await scope.dispose()
  vi.useRealTimers()
})

const seat = (document?: ControlsDocument, options?: Parameters<typeof createSeat>[2]) =>
  createSeat(scope, document, options)

describe('the default controls', () => {
  it.each<[string, Partial<ControlSettings>, Partial<ControlSettings>]>([
    ['0', { speak: true }, { speak: false }],
    ['0', { speak: false }, { speak: true }],
    ['0', { speak: false, hear: false }, { speak: true, hear: true }],
    ['*1', {}, { speak: false }],
    ['*1', { speak: false }, { speak: true }],
    ['*2', {}, { speak: false }],
    ['*3', { speak: false }, { speak: true }],
    ['*4', {}, { hear: false }],
    ['*4', { hear: false }, { hear: true }],
    ['*5', {}, { hear: false }],
    ['*6', { hear: false }, { hear: true }],
    ['9', { energyLevel: 100 }, { energyLevel: 300 }],
    ['9', { energyLevel: 1700 }, { energyLevel: 1800 }],
    ['8', { energyLevel: 900 }, { energyLevel: 20 }],
    ['7', { energyLevel: 300 }, { energyLevel: 100 }],
    ['7', { energyLevel: 100 }, { energyLevel: 0 }],
    ['3', { gainInDb: 0 }, { gainInDb: 3 }],
    ['2', { gainInDb: 9 }, { gainInDb: 0 }],
    ['1', { gainInDb: 0 }, { gainInDb: -3 }],
    ['6', { gainOutDb: 9 }, { gainOutDb: 12 }],
    ['5', { gainOutDb: -6 }, { gainOutDb: 0 }],
    ['4', { gainOutDb: 0 }, { gainOutDb: -3 }],
  ])('change with %s, where it is %o, to %o', (digit, settings, change) => {
    const { press, changes } = seat({}, { settings })
    press(digit)
    expect(changes).toEqual([change])
  })

  it.each<[string, Partial<ControlSettings>]>([
    ['9', { energyLevel: 1800 }],
    ['7', { energyLevel: 0 }],
    ['6', { gainOutDb: 12 }],
    ['1', { gainInDb: -12 }],
    ['5', { gainOutDb: 0 }],
  ])('change nothing with %s where it is %o already', (digit, settings) => {
    const { press, changes } = seat({}, { settings })
    press(digit)
    expect(changes).toEqual([])
  })

  it('hang up with #', () => {
    const { press, hangUps, changes } = seat()
    press('#')
    expect([hangUps(), changes]).toEqual([1, []])
  })

  it('toggle what the press before them left', () => {
    const { press, settings, changes } = seat()
    press('000')
    expect(settings().speak).toBe(false)
    expect(changes).toHaveLength(3)
  })

  it('do nothing with digits nobody gave a meaning', () => {
    const { press, changes } = seat()
    press('ABCD')
    expect(changes).toEqual([])
  })

  it('do nothing with a * that nothing follows', () => {
    const { press, changes } = seat()
    press('*')
    vi.advanceTimersByTime(SEQUENCE_PAUSE_MS)
    expect(changes).toEqual([])
  })
})

describe('the controls of a document', () => {
  const quiet = { quiet: [{ action: 'mute', digits: '7' }] }
  const loud = { loud: [{ action: 'lock', digits: '7' }] }

  it.each<[string, ControlsDocument, boolean, Partial<ControlSettings>[]]>([
    ['its name', { caller_controls: 'quiet', controls: quiet }, false, [{ speak: false }]],
    [
      'its name before its profile’s',
      {
        caller_controls: 'quiet',
        profile: { 'caller-controls': 'loud' },
        controls: { ...quiet, ...loud },
      },
      false,
      [{ speak: false }],
    ],
    [
      'its profile’s name',
      { profile: { 'caller-controls': 'quiet' }, controls: quiet },
      false,
      [{ speak: false }],
    ],
    [
      'a moderator’s own',
      {
        caller_controls: 'quiet',
        moderator_controls: 'loud',
        controls: { ...quiet, ...loud },
      },
      true,
      [{ isLocked: true }],
    ],
    [
      'the callers’ for a moderator without own ones',
      { caller_controls: 'quiet', controls: quiet },
      true,
      [{ speak: false }],
    ],
    [
      'not a moderator’s for a member',
      { moderator_controls: 'loud', controls: loud },
      false,
      [{ energyLevel: 0 }],
    ],
    ['a default of its own', { controls: { default: quiet.quiet } }, false, [{ speak: false }]],
    ['none at all', { caller_controls: 'none' }, false, []],
  ])('are found by %s', (_how, document, isModerator, changes) => {
    const one = seat(document, { isModerator })
    one.press('7')
    expect(one.changes).toEqual(changes)
    expect(one.problems).toEqual([])
  })

  it.each(['paging', 'constructor', '__proto__'])(
    'are the default ones where "%s" stands for nothing, and that is said',
    (name) => {
      const one = seat({ caller_controls: name, controls: {} })
      one.press('0')
      expect(one.changes).toEqual([{ speak: false }])
      expect(one.problems).toEqual([`There are no controls named "${name}"`])
    },
  )

  it('do what can be done, and say what cannot', () => {
    const one = seat({
      caller_controls: 'mine',
      controls: {
        mine: [
          { action: 'transfer', digits: '1' },
          { action: 'mute', digits: 'x' },
          'mute',
          { action: 'deaf', digits: '4' },
        ],
      },
    })
    one.press('4')
    expect(one.changes).toEqual([{ hear: false }])
    expect(one.problems).toEqual([
      'Controls "mine": there is no action "transfer"',
      'Controls "mine": "mute" has no digits that can be dialled',
      'Controls "mine": there is no action undefined',
    ])
  })

  it('know every action of the list that has no toggle', () => {
    const one = seat({
      caller_controls: 'mine',
      controls: {
        mine: [
          { action: 'mute on', digits: '1' },
          { action: 'mute off', digits: '2' },
          { action: 'deaf on', digits: '3' },
          { action: 'deaf off', digits: '4' },
        ],
      },
    })
    one.press('112234')
    expect(one.changes).toEqual([
      { speak: false },
      { speak: true },
      { hear: false },
      { hear: true },
    ])
  })
})

describe('sequences', () => {
  const document = {
    caller_controls: 'kazoo',
    controls: {
      kazoo: [
        { action: 'mute', digits: '*1' },
        { action: 'deaf', digits: '*4' },
        { action: 'lock', digits: '*' },
        { action: 'vol talk up', digits: '5' },
      ],
    },
  }

  it('act with their last digit', () => {
    const { press, changes } = seat(document)
    press('*1')
    expect(changes).toEqual([{ speak: false }])
  })

  it('wait for a longer one until the pause, and act then', () => {
    const { press, changes } = seat(document)
    press('*')
    vi.advanceTimersByTime(SEQUENCE_PAUSE_MS - 1)
    expect(changes).toEqual([])
    vi.advanceTimersByTime(1)
    expect(changes).toEqual([{ isLocked: true }])
  })

  it('begin anew after the pause', () => {
    const { press, changes } = seat(document)
    press('*')
    vi.advanceTimersByTime(SEQUENCE_PAUSE_MS)
    press('1')
    vi.advanceTimersByTime(SEQUENCE_PAUSE_MS)
    expect(changes).toEqual([{ isLocked: true }])
  })

  it('do both where a digit ends one and is another', () => {
    const { press, changes } = seat(document)
    press('*5')
    expect(changes).toEqual([{ isLocked: true }, { gainInDb: 3 }])
  })

  it('let the last two digits of a wrong one begin a right one', () => {
    const { press, changes } = seat(document)
    press('**4')
    expect(changes).toEqual([{ isLocked: true }, { hear: false }])
  })

  it('leave no timer behind when the participant leaves in the middle of one', async () => {
    const { press, changes, isListening } = seat(document)
    press('*')
    await scope.dispose()
    expect(vi.getTimerCount()).toBe(0)
    press('1')
    expect([changes, isListening()]).toEqual([[], false])
  })
})

it('does not hear more digits in a second than a dialler can send', () => {
  const { press, changes } = seat()
  press('0'.repeat(1000))
  expect(changes).toHaveLength(20)
  vi.advanceTimersByTime(1000)
  press('0')
  expect(changes).toHaveLength(21)
})

it('logs a change that failed, and listens on', async () => {
  const { press, changes, lines } = seat({}, { fails: true })
  press('0')
  await vi.advanceTimersByTimeAsync(0)
  press('0')
  expect(changes).toHaveLength(2)
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(['a control failed'])
})

it('does not listen at all where there are no controls', () => {
  expect(seat({ caller_controls: 'none' }).isListening()).toBe(false)
})
