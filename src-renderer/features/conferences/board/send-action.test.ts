import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLive } from '../../../api/live.ts'
import { applyAll } from './board-apply.ts'
import { useBoard, useSentActions } from './board-store.ts'
import { findAction } from './kept-actions.ts'
import {
  confirmByEvents,
  retryAction,
  sendAction,
  sendActions,
  settleByBoard,
  whenOver,
} from './send-action.ts'
import type { BoardAction } from './sent-action.ts'
import { about, board, happened, people, person, personKey } from './test/sample-board.ts'
import { endSample, settle, startSample, type SampleServer } from './test/sample-server.ts'

let server: SampleServer

beforeEach(() => {
  server = startSample()
})
afterEach(endSample)

const [one, two, three] = [personKey(1), personKey(2), personKey(3)]
const mute = (key = one) => sendAction({ kind: 'mute', key })
const status = (id: number) => findAction(id)?.status
const reason = (id: number) => findAction(id)?.reason
const muted = (seq: number, id = 1) => about(seq, 'mute-member', id, { speak: false })

describe('an action', () => {
  it('is confirmed by the event, before the answer comes', async () => {
    const id = mute()
    await vi.advanceTimersByTimeAsync(40)
    expect(status(id)).toBe('sent')
    confirmByEvents([muted(11)])
    expect(findAction(id)).toMatchObject({ status: 'confirmed', tookMs: 40 })

    await vi.advanceTimersByTimeAsync(100)
    await server.last().answer()
    expect(findAction(id)).toMatchObject({ status: 'confirmed', tookMs: 40 })
  })

  it('is confirmed by the answer when the event is lost', async () => {
    const id = mute()
    expect(server.asked()).toEqual(['participants/1 mute'])
    await server.last().answer()
    expect(status(id)).toBe('confirmed')
  })

  it('is not confirmed after three seconds, until the answer comes at last', async () => {
    const id = mute()
    await vi.advanceTimersByTimeAsync(2999)
    expect(status(id)).toBe('sent')
    await vi.advanceTimersByTimeAsync(1)
    expect(status(id)).toBe('unconfirmed')
    await server.last().answer()
    expect(status(id)).toBe('confirmed')
  })

  it('fails with the reason it was refused with', async () => {
    const [id, gone] = [mute(), mute(two)]
    await server.requests[0]?.refuse(500, 'unspecified_fault')
    await server.requests[1]?.refuse(404, 'bad_identifier')
    expect(reason(id)).toBe('The backend met an error it did not expect. Its log says more.')
    expect(reason(gone)).toBe('They have left already.')
  })

  it('is not confirmed by an event about somebody else, of another room or of another run', () => {
    const id = mute()
    const lock = sendAction({ kind: 'lock' })
    confirmByEvents([
      muted(11, 2),
      { ...muted(12), conference_id: 'c2' },
      { ...muted(13), instance_id: 'run-2' },
      happened(14, 'lock', { instance_id: 'run-2' }),
      happened(15, 'unlock'),
    ])
    expect([status(id), status(lock)]).toEqual(['sent', 'sent'])
  })

  it('is not confirmed by an older event that is told late or again', () => {
    const id = mute()
    confirmByEvents([muted(9), muted(10)])
    expect(status(id)).toBe('sent')
    confirmByEvents([muted(11)])
    expect(status(id)).toBe('confirmed')
  })

  it('is confirmed once, however often its event is told', () => {
    const id = mute()
    confirmByEvents([muted(11)])
    const once = findAction(id)
    confirmByEvents([muted(11), muted(11)])
    expect(findAction(id)).toBe(once)
  })

  it('is told by whatever event belongs to it', () => {
    const ids = sendActions([
      { kind: 'deaf', key: two },
      { kind: 'kick', key: three },
      { kind: 'record', toggle: 'stop' },
      { kind: 'play', mediaId: 'm1' },
    ])
    confirmByEvents([
      about(11, 'deaf-member', 2),
      about(12, 'del-member', 3),
      happened(13, 'stop-recording'),
      happened(14, 'play-file', { media_id: 'm1' }),
    ])
    expect(ids.map(status)).toEqual(Array(4).fill('confirmed'))
  })

  it('says what came of the phones that were dialled, and waits while they ring', async () => {
    const id = sendAction({ kind: 'dial', dial: { endpoints: ['1005'] } })
    const leg = { call_id: 'x', endpoint_id: '1005', job_id: server.last().body.data }
    expect(leg.job_id).toMatchObject({ endpoints: ['1005'] })
    const jobId = findAction(id)?.jobId
    const told = happened(11, 'dial-started', { ...leg, job_id: jobId, instance_id: undefined })
    useBoard.setState(applyAll(useBoard.getState(), [told], Date.now()), true)
    await vi.advanceTimersByTimeAsync(25_000)
    expect(status(id)).toBe('sent')
    const legs = [{ status: 'error', endpoint_id: '1005', job_id: 'j', message: 'USER_BUSY' }]
    await server.last().answer({ endpoint_responses: legs })
    expect(findAction(id)).toMatchObject({ status: 'confirmed', legs })
  })
})

describe('an answer that is lost', () => {
  it('leaves an action confirmed that an event has told of', async () => {
    const id = mute()
    confirmByEvents([muted(11)])
    await server.last().lose()
    expect(status(id)).toBe('confirmed')
  })

  it('is no failure: what is read afterwards says whether it was done', async () => {
    const read = vi.fn()
    const stop = settleByBoard(read)
    const ids = [mute(), mute(two), sendAction({ kind: 'kick', key: three })]
    for (const request of [...server.requests]) await request.lose()
    expect(ids.map(status)).toEqual(Array(3).fill('unconfirmed'))
    expect(read).toHaveBeenCalled()

    const now = [person(1, { speak: false }), person(2)]
    useBoard.setState(board({ participants: now }, Date.now() + 5), true)
    expect(ids.map(status)).toEqual(['confirmed', 'failed', 'confirmed'])
    expect(reason(ids[1]!)).toBe('The answer was lost, and it is not done.')
    // What was done a moment later after all is told by its event.
    confirmByEvents([muted(12, 2)])
    expect(status(ids[1]!)).toBe('confirmed')
    stop()
  })

  it('of room actions is looked up too', async () => {
    const stop = settleByBoard(() => undefined)
    const ids = sendActions([
      { kind: 'lock' },
      { kind: 'record', toggle: 'start' },
      { kind: 'relate', key: one, otherKey: two, relationship: 'mute' },
      { kind: 'end' },
    ])
    for (const request of [...server.requests]) await request.lose()
    const relation = { participant_id: 1, other_participant: 2, relationship: 'mute' } as const
    useBoard.setState(board({ is_locked: true, relations: [relation] }, Date.now() + 5), true)
    expect(ids.map(status)).toEqual(['confirmed', 'failed', 'confirmed', 'failed'])
    stop()
  })

  it('leaves nothing behind that would be sent at a moment nobody chose', async () => {
    useBoard.setState(board({ participants: people(10) }), true)
    const ids = sendActions(
      people(10).map(({ participant_id: id }) => ({ kind: 'mute', key: personKey(id) })),
    )
    expect(server.requests).toHaveLength(4)
    await server.requests[0]?.lose()
    expect(ids.slice(4).map(reason)).toEqual(
      Array(6).fill('The server does not answer: nothing was sent.'),
    )
    for (const request of server.requests.slice(1)) await request.answer()
    expect(server.requests).toHaveLength(4)
  })

  it('does not keep the next action waiting for ever', async () => {
    settleByBoard(() => undefined)
    useBoard.setState(board({ participants: people(10) }), true)
    sendActions([1, 2, 3, 4].map((id) => ({ kind: 'mute', key: personKey(id) })))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(server.requests.every(({ isAborted }) => isAborted())).toBe(true)
    const next = mute(personKey(5))
    expect(server.requests).toHaveLength(5)
    await server.last().answer()
    expect(status(next)).toBe('confirmed')
    settleByBoard(() => undefined)()
  })
})

describe('asking again', () => {
  it('sends the same once more, and the first answer to it counts', async () => {
    const id = mute()
    await vi.advanceTimersByTimeAsync(3000)
    expect(retryAction(id)).toBe(true)
    expect(status(id)).toBe('sent')
    expect(server.asked()).toEqual(['participants/1 mute', 'participants/1 mute'])
    expect(server.requests[0]?.isAborted()).toBe(true)
    await settle()
    expect(status(id)).toBe('sent')
    await server.requests[1]?.refuse(403, 'forbidden')
    expect(reason(id)).toBe('This account may not do that.')
    retryAction(id)
    await server.requests[2]?.answer()
    expect(status(id)).toBe('confirmed')
    expect(retryAction(id)).toBe(false)
  })

  it('does not send twice what still waits for its turn', async () => {
    useBoard.setState(board({ participants: people(5) }), true)
    const ids = sendActions(
      people(5).map(({ participant_id: id }) => ({ kind: 'mute', key: personKey(id) })),
    )
    await vi.advanceTimersByTimeAsync(3000)
    expect(status(ids[4]!)).toBe('unconfirmed')
    retryAction(ids[4]!)
    for (let next = 0; next < 5; next += 1) await server.requests[next]?.answer()
    expect(server.requests).toHaveLength(5)
    expect(ids.map(status)).toEqual(Array(5).fill('confirmed'))
  })

  it.each<[string, BoardAction]>([
    ['play', { kind: 'play', mediaId: 'm1' }],
    ['dial', { kind: 'dial', dial: { endpoints: ['1005'] } }],
  ])('never does a %s twice that may have been done', async (_, action) => {
    const id = sendAction(action)
    await vi.advanceTimersByTimeAsync(3000)
    expect(retryAction(id)).toBe(false)
    await server.last().lose()
    expect(status(id)).toBe('failed')
    expect(retryAction(id)).toBe(false)
    expect(server.requests).toHaveLength(1)

    const refused = sendAction(action)
    await server.last().refuse(403, 'forbidden')
    expect(retryAction(refused)).toBe(true)
  })
})

describe('a crowd', () => {
  it(
    'of a thousand is asked for four at a time, each once, in order',
    { timeout: 20_000 },
    async () => {
      const crowd = people(1000)
      useBoard.setState(board({ participants: crowd }), true)
      const actions = crowd.map(({ participant_id: id }) => ({
        kind: 'mute' as const,
        key: personKey(id),
      }))
      const ids = sendActions(actions)
      const over = Promise.all(ids.map(whenOver))
      for (let next = 0; next < 1000; next += 1) {
        expect(server.requests.length).toBeLessThanOrEqual(next + 4)
        await server.requests[next]?.answer()
      }
      expect((await over).every((each) => each?.status === 'confirmed')).toBe(true)
      expect(server.asked()).toEqual(
        crowd.map(({ participant_id: id }) => `participants/${id} mute`),
      )
    },
  )

  it('of actions is not remembered for ever', async () => {
    for (let round = 0; round < 25; round += 1) {
      useBoard.setState(board({ instance_id: `run-${round}`, participants: people(100) }), true)
      useLive.setState({ state: 'waiting' })
      sendActions(
        people(100).map(({ participant_id: id }) => ({
          kind: 'mute',
          key: personKey(id, `run-${round}`),
        })),
      )
    }
    const { sent, latest } = useSentActions.getState()
    expect([sent.size, latest.size]).toEqual([2000, 2000])
    await settle()
  })
})
