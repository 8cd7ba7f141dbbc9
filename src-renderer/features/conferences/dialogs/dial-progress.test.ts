import { expect, it } from 'vitest'
import type { BoardEntry } from '../board/board-state.ts'
import { dialProgress, jobsOf, progressSummary } from './dial-progress.ts'

const told = (event: string, more: object): BoardEntry => ({
  kind: 'event',
  id: JSON.stringify([event, more]),
  atMs: 0,
  event: { event, conference_id: 'c', job_id: 'j', ...more },
})
const nameOf = (endpoint: string) => (endpoint === 'd1' ? 'Reception' : endpoint)

it('follows each leg to what became of it, with the real cause', () => {
  const entries = [
    told('dial-started', { call_id: '1', endpoint_id: 'd1' }),
    told('dial-started', { call_id: '2', endpoint_id: '1002' }),
    told('dial-ringing', { call_id: '1', endpoint_id: 'd1' }),
    told('dial-failed', { call_id: '2', endpoint_id: '1002', cause: 'USER_BUSY' }),
    told('dial-answered', { call_id: '3', endpoint_id: 'd1', job_id: 'another' }),
  ]
  expect(dialProgress('j', entries, undefined, nameOf)).toMatchObject([
    { name: 'Reception', state: 'ringing', text: 'Rings…' },
    { name: '1002', state: 'failed', text: 'Busy.' },
  ])
})

it('says of who could not be called at all why, once the answer is there', () => {
  const failed = { status: 'error', endpoint_id: 'd1', job_id: 'j', message: 'USER_NOT_REGISTERED' }
  expect(dialProgress('j', [], [failed] as never, nameOf)).toMatchObject([
    { name: 'Reception', state: 'failed', text: 'No phone is registered there.' },
  ])
})

it('does not say twice what an event and the answer tell', () => {
  const entries = [told('dial-answered', { call_id: '1', endpoint_id: 'd1' })]
  const answer = { status: 'success', endpoint_id: 'd1', job_id: 'j', call_id: '1', message: '' }
  const legs = dialProgress('j', entries, [answer] as never, nameOf)
  expect(legs).toMatchObject([{ state: 'answered' }])
  expect(progressSummary(legs)).toBe('')
})

it('passes on a refusal that is no hang-up cause', () => {
  const entries = [
    told('dial-failed', { call_id: '1', endpoint_id: '1', cause: 'conference is locked' }),
  ]
  expect(dialProgress('j', entries, undefined, nameOf)[0]?.text).toBe('Conference is locked.')
})

it('takes the phone that answers for the one that was called first', () => {
  const leg = { endpoint_id: 'd1' }
  const entries = [
    told('dial-started', { ...leg, call_id: '1' }),
    told('dial-ringing', { ...leg, call_id: '1' }),
    told('dial-answered', { ...leg, call_id: '2' }),
  ]
  expect(dialProgress('j', entries, undefined, nameOf)).toMatchObject([{ state: 'answered' }])
  expect(jobsOf(entries)).toEqual([])
})

it('tells what was called off from what failed, and which dials still call somebody', () => {
  const entries = [
    told('dial-started', { call_id: '1', endpoint_id: 'd1' }),
    told('dial-started', { call_id: '2', endpoint_id: '1002', job_id: 'other' }),
    told('dial-failed', { call_id: '1', endpoint_id: 'd1', cause: 'ORIGINATOR_CANCEL' }),
  ]
  const expected = [{ state: 'stopped', text: 'Called off.' }]
  expect(dialProgress('j', entries, undefined, nameOf)).toMatchObject(expected)
  expect(jobsOf(entries)).toEqual(['other'])
})
