import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLive } from '../../../api/live.ts'
import { useToasts } from '../../../ui/toast-store.ts'
import { kick, muteAllButModerators, toggleMute } from './board-actions.ts'
import { applyAll } from './board-apply.ts'
import type { ToldEvent } from './board-state.ts'
import { useBoard } from './board-store.ts'
import { confirmByEvents } from './send-action.ts'
import { about, board, happened, person, personKey } from './test/sample-board.ts'
import { endSample, settle, startSample, type SampleServer } from './test/sample-server.ts'

let server: SampleServer

beforeEach(() => {
  server = startSample()
})
afterEach(endSample)

const keys = [1, 2, 3].map((id) => personKey(id))
const toasts = () => useToasts.getState().toasts.map(({ text }) => text)
const press = async (label: string) => {
  const toast = useToasts.getState().toasts.findLast(({ action }) => action?.label === label)
  useToasts.getState().dismiss(toast?.id ?? 0)
  toast?.action?.run()
  await settle()
}

/** As the session does it: the board first, then what it proves. */
const hear = (...events: ToldEvent[]) => {
  useBoard.setState(applyAll(useBoard.getState(), events, Date.now()), true)
  confirmByEvents(events)
}
const muted = (seq: number, id: number) => about(seq, 'mute-member', id, { speak: false })

describe('muting several', () => {
  it('is undone for those it changed, and for nobody who was muted before or talks again', async () => {
    const [first, second, third] = [person(1), person(2), person(3, { speak: false })]
    useBoard.setState(board({ participants: [first, second, third] }), true)
    toggleMute(keys)
    expect(server.asked()).toEqual(['participants/1 mute', 'participants/2 mute'])
    hear(muted(11, 1), muted(12, 2))
    for (const request of [...server.requests]) await request.answer()
    expect(toasts()).toEqual(['2 people muted'])

    hear(about(13, 'unmute-member', 2))
    await press('Undo')
    expect(server.asked().slice(2)).toEqual(['participants/1 unmute'])
  })

  it('says how many it did not reach, and undoes the others', async () => {
    toggleMute(keys)
    await server.requests[0]?.answer()
    await server.requests[1]?.refuse(403, 'forbidden')
    await server.requests[2]?.answer()
    expect(toasts()).toEqual(['Not muted: 1 of 3: This account may not do that.', '2 people muted'])
  })

  it('says after three seconds who is not confirmed, asks again, and then has one way back', async () => {
    toggleMute(keys)
    hear(muted(11, 1), muted(12, 2))
    await vi.advanceTimersByTimeAsync(3000)
    expect(toasts()).toEqual(['2 people muted', 'Muting Person 3 is not confirmed'])

    await press('Ask again')
    expect(server.asked().slice(3)).toEqual(['participants/3 mute'])
    await server.last().answer()
    expect(toasts()).toEqual(['3 people muted'])
    hear(muted(13, 3))
    for (const request of [...server.requests]) await request.answer()
    await press('Undo')
    expect(server.asked().slice(4)).toEqual([
      'participants/1 unmute',
      'participants/2 unmute',
      'participants/3 unmute',
    ])
  })

  it('does not offer again what was undone before the last was confirmed', async () => {
    toggleMute(keys)
    hear(muted(11, 1), muted(12, 2))
    await vi.advanceTimersByTimeAsync(3000)
    await press('Undo')
    hear(muted(13, 3))
    await settle()
    expect(toasts()).toContain('Person 3 muted')
  })

  it('leaves moderators alone', () => {
    const people = [person(1, { is_moderator: true }), person(2), person(3)]
    useBoard.setState(board({ participants: people }), true)
    muteAllButModerators()
    expect(server.asked()).toEqual(['participants/2 mute', 'participants/3 mute'])
  })

  it('is undone in its own room, also when another is open by then', async () => {
    toggleMute([keys[0]!])
    await server.last().answer()
    useBoard.setState(board({ conference_id: 'c2', instance_id: 'run-7' }), true)
    await press('Undo')
    expect(server.last().text).toBe('participants/1 unmute')
    expect(server.last().url).toContain('/conferences/c1/')
  })
})

describe('removing somebody', () => {
  const removed = async () => {
    kick([keys[0]!])
    await vi.advanceTimersByTimeAsync(5000)
    hear(about(11, 'del-member', 1))
    await settle()
  }

  it('counts down, can be undone, and says when it is done', async () => {
    kick([keys[0]!])
    expect(toasts()).toEqual(['Removing Person 1'])
    await press('Undo')
    await vi.advanceTimersByTimeAsync(5000)
    expect([toasts(), server.requests.length]).toEqual([[], 0])

    await removed()
    expect([toasts(), server.asked()]).toEqual([['Person 1 removed'], ['participants/1 kick']])
  })

  it('stops to count down when the conference ends, and is not sent to the next run', async () => {
    kick([keys[0]!])
    hear(happened(11, 'conference-destroy'))
    useBoard.setState(board({ instance_id: 'run-2', seq: 15 }), true)
    await vi.advanceTimersByTimeAsync(10_000)
    expect([toasts(), server.requests.length]).toEqual([[], 0])
  })

  it('can be taken back by calling them, into the room they were in', async () => {
    await removed()
    useBoard.setState(board({ conference_id: 'c2', instance_id: 'run-7' }), true)
    await press('Call again')
    expect(server.last().text).toBe('dial')
    expect(server.last().url).toContain('/conferences/c1')
    expect(server.last().body.data).toMatchObject({ endpoints: ['101'] })
  })

  it('is refused at once without a connection', async () => {
    useLive.setState({ state: 'waiting' })
    kick([keys[0]!])
    await settle()
    expect(toasts()).toEqual([
      'Not removed: There is no connection to the server: nothing was sent.',
    ])
  })
})
