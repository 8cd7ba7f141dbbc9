import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLive } from '../../../api/live.ts'
import { applyAll } from './board-apply.ts'
import { readIdle } from './board-read.ts'
import { emptyBoard } from './board-state.ts'
import { slotOf, useBoard, useSentActions } from './board-store.ts'
import { findAction } from './kept-actions.ts'
import {
  confirmByEvents,
  retryAction,
  sendAction,
  sendActions,
  settleByBoard,
  withdrawAction,
} from './send-action.ts'
import { about, board, happened, people, personKey } from './test/sample-board.ts'
import { endSample, settle, startSample, type SampleServer } from './test/sample-server.ts'

let server: SampleServer

beforeEach(() => {
  server = startSample()
})
afterEach(endSample)

const [one, two] = [personKey(1), personKey(2)]
const mute = (key = one) => sendAction({ kind: 'mute', key })
const status = (id: number) => findAction(id)?.status
const reason = (id: number) => findAction(id)?.reason

describe('what is held', () => {
  const kick = (key = one) => sendAction({ kind: 'kick', key }, { holdMs: 5000 })

  it('is sent when its time has come, and not before', async () => {
    const id = kick()
    await vi.advanceTimersByTimeAsync(4999)
    expect([status(id), server.requests.length]).toEqual(['held', 0])
    await vi.advanceTimersByTimeAsync(1)
    expect([status(id), server.asked()]).toEqual(['sent', ['participants/1 kick']])
  })

  it('is not sent when it was withdrawn', async () => {
    const id = kick()
    await vi.advanceTimersByTimeAsync(3000)
    expect(withdrawAction(id)).toBe(true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([status(id), server.requests.length]).toEqual(['withdrawn', 0])
    expect(withdrawAction(id)).toBe(false)
  })

  it('is dropped when they leave by themselves', async () => {
    const id = kick()
    confirmByEvents([about(11, 'del-member', 2)])
    expect(status(id)).toBe('held')
    confirmByEvents([about(12, 'del-member', 1)])
    expect(status(id)).toBe('withdrawn')
    await vi.advanceTimersByTimeAsync(5000)
    expect(server.requests).toHaveLength(0)
  })

  it('is never sent to another run, where somebody else has the same number', async () => {
    const [told, missed] = [kick(), kick(two)]
    confirmByEvents([happened(11, 'conference-destroy', { instance_id: 'run-0' })])
    expect(status(told)).toBe('held')
    // Its end was not heard: the board that is read shows the next run.
    useBoard.setState(board({ instance_id: 'run-2' }), true)
    await vi.advanceTimersByTimeAsync(5000)
    expect(server.requests).toHaveLength(0)
    expect([reason(told), reason(missed)]).toEqual(Array(2).fill('The conference has ended.'))

    useBoard.setState(board(), true)
    const heard = kick()
    confirmByEvents([happened(12, 'conference-destroy')])
    await vi.advanceTimersByTimeAsync(5000)
    expect([status(heard), server.requests.length]).toEqual(['withdrawn', 0])
  })
})

describe('without a connection', () => {
  it('nothing is sent and nothing is kept to be sent: it fails with words', async () => {
    useLive.setState({ state: 'waiting' })
    const ids = [mute(), sendAction({ kind: 'kick', key: two }, { holdMs: 5000 })]
    expect(ids.map(reason)).toEqual(
      Array(2).fill('There is no connection to the server: nothing was sent.'),
    )
    useLive.setState({ state: 'open' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.requests).toHaveLength(0)
    retryAction(ids[0]!)
    expect(server.asked()).toEqual(['participants/1 mute'])
  })

  it('what was held until then is not sent either', async () => {
    const id = sendAction({ kind: 'kick', key: one }, { holdMs: 5000 })
    useLive.setState({ state: 'connecting' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(reason(id)).toBe('There is no connection to the server: nothing was sent.')
    expect(server.requests).toHaveLength(0)
  })
})

describe('somebody who left', () => {
  it('between the key and its sending is not asked for', async () => {
    useBoard.setState(board({ participants: people(5) }), true)
    const ids = sendActions(
      people(5).map(({ participant_id: id }) => ({ kind: 'mute', key: personKey(id) })),
    )
    const left = about(11, 'del-member', 5)
    useBoard.setState(applyAll(useBoard.getState(), [left], Date.now()), true)
    await server.requests[0]?.answer()
    expect(server.requests).toHaveLength(4)
    expect(reason(ids[4]!)).toBe('They have left already.')
  })

  it('before the key is said to have left', () => {
    expect(reason(mute(personKey(9)))).toBe('They have left already.')
    expect(server.requests).toHaveLength(0)
  })
})

describe('another room', () => {
  it('shows no result of this one, and this one gets its answer', async () => {
    const lock = sendAction({ kind: 'lock' })
    const shown = () =>
      useSentActions.getState().latest.get(slotOf('lock', useBoard.getState()))?.status
    expect(shown()).toBe('sent')
    useBoard.setState(board({ conference_id: 'c2', instance_id: 'run-7' }), true)
    expect(shown()).toBeUndefined()
    await server.last().answer()
    expect([status(lock), shown()]).toEqual(['confirmed', undefined])
  })

  it('is not what an action is sent to that was about this one', async () => {
    const before = useBoard.getState()
    useBoard.setState(emptyBoard('c2'), true)
    sendAction({ kind: 'unmute', key: one }, { board: before })
    sendAction({ kind: 'dial', dial: { endpoints: ['1001'] } }, { board: before })
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/v2/accounts/acc/conferences/c1/participants/1?instance_id=run-1',
      // Whoever is dialled may come in a later run.
      '/v2/accounts/acc/conferences/c1',
    ])
    await settle()
  })

  it('cannot say what became of an answer that was lost', async () => {
    const stop = settleByBoard(() => undefined)
    const id = mute()
    await server.last().lose()
    stop()
    expect(findAction(id)).toMatchObject({
      ...{ status: 'failed', reason: 'The answer was lost: it may have been done.' },
    })
  })
})

it('is over for a room that ended: an end whose answer was lost is confirmed by that', async () => {
  const stop = settleByBoard(() => undefined)
  const id = sendAction({ kind: 'end' })
  expect(server.asked()).toEqual(['participants kick'])
  await server.last().lose()
  useBoard.setState(readIdle(useBoard.getState(), Date.now() + 10), true)
  expect(status(id)).toBe('confirmed')
  stop()
})
