import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useLive } from '../../../api/live.ts'
import { findAction } from './kept-actions.ts'
import { sendAction, withdrawAction } from './send-action.ts'
import { personKey } from './test/sample-board.ts'
import { endSample, startSample, type SampleServer } from './test/sample-server.ts'

let server: SampleServer

beforeEach(() => {
  server = startSample()
})
afterEach(endSample)

const status = (id: number) => findAction(id)?.status
const reason = (id: number) => findAction(id)?.reason

describe('dials', () => {
  const dial = (number: string) => sendAction({ kind: 'dial', dial: { endpoints: [number] } })
  const numbers = ['1001', '1002', '1003', '1004', '1005']
  const dialled = () =>
    server.requests
      .filter(({ body }) => body.action === 'dial')
      .map(({ body }) => (body.data as { endpoints: unknown }).endpoints)

  it('are made three at a time, and leave room for everything else', async () => {
    const ids = numbers.map(dial)
    expect(dialled()).toEqual([['1001'], ['1002'], ['1003']])
    expect(ids.map(status)).toEqual(['sent', 'sent', 'sent', 'held', 'held'])
    const muted = sendAction({ kind: 'mute', key: personKey(1) })
    expect(server.last().text).toBe('participants/1 mute')
    await server.last().answer()
    expect(status(muted)).toBe('confirmed')

    await vi.advanceTimersByTimeAsync(10_000)
    expect(ids.map(status).slice(2)).toEqual(['unconfirmed', 'held', 'held'])
    await server.requests[0]?.answer({ endpoint_responses: [] })
    expect(dialled()[3]).toEqual(['1004'])
    expect(ids.map(status).slice(3)).toEqual(['sent', 'held'])
    await vi.advanceTimersByTimeAsync(3000)
    expect(ids.map(status).slice(3)).toEqual(['unconfirmed', 'held'])
  })

  it('that wait can be withdrawn, and are not made once the connection is gone', async () => {
    const ids = numbers.map(dial)
    expect(withdrawAction(ids[3]!)).toBe(true)
    useLive.setState({ state: 'waiting' })
    await server.requests[0]?.answer({ endpoint_responses: [] })
    expect(dialled()).toHaveLength(3)
    expect(status(ids[3]!)).toBe('withdrawn')
    expect(reason(ids[4]!)).toBe('There is no connection to the server: nothing was sent.')
  })

  it('that wait are not made when the server does not answer any more', async () => {
    const ids = numbers.map(dial)
    await server.requests[1]?.lose()
    expect(ids.slice(3).map(reason)).toEqual(
      Array(2).fill('The server does not answer: nothing was sent.'),
    )
    await server.requests[0]?.answer({ endpoint_responses: [] })
    expect(dialled()).toHaveLength(3)
  })
})
