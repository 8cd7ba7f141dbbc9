import { expect, it } from 'vitest'
import { AppError, invalid } from '../../platform/errors.ts'
import { failedCommand } from './failed-command.ts'

const of = { accountId: 'account', conferenceId: 'c', instanceId: 'run' }
const by = { kind: 'application' } as const
const failed = (action: unknown, data: Record<string, unknown>, error: unknown = new Error('x')) =>
  failedCommand(of, {
    request: { action, data, vars: undefined },
    participant: undefined,
    by,
    error,
  })

it('says what was asked without what is secret in a URL, and nothing of our own fault', () => {
  const media_id = 'https://ada:secret@media.example/hello.wav?token=secret'
  const told = failed('play', { media_id }, new Error('/home/ada/secret.wav is gone'))
  expect(told).toMatchObject({ application_name: 'play', by, reason: 'internal error' })
  expect(told.media_id).toContain('media.example/hello.wav')
  expect(JSON.stringify(told)).not.toContain('secret')
})

it('names whom a dial was to call, without passwords', () => {
  const phone = { name: 'Desk', sip: { username: '1001', password: 'secret' } }
  const uri = 'sip:eve:secret@192.0.2.7?X-Key=secret'
  const told = failed('dial', { endpoints: ['1002', uri, phone, { sip: {} }, null] })
  expect(told.endpoints).toEqual(['1002', 'sip:eve@192.0.2.7', 'Desk', 'a phone', 'a phone'])
})

it.each([
  ['https://ada:secret@media.example/x?token=secret', 'https://media.example/x?…'],
  ['shout://ada:secret@media.example/x?token=secret', 'shout://…'],
  ['http://ada:secret@[bad/x?token=secret', 'http://…'],
  ['tone_stream://%(100,0,440)', 'tone_stream://%(100,0,440)'],
  ['prompt://system_media/conf-welcome/en-us', 'prompt://system_media/conf-welcome/en-us'],
])('shows of %s what nobody has to keep to themselves', (media_id, shown) => {
  expect(failed('play', { media_id }).media_id).toBe(shown)
})

it.each([
  ['sip:eve@192.0.2.7', 'sip:eve@192.0.2.7'],
  ['sip:192.0.2.7:5070', 'sip:192.0.2.7:5070'],
  ['<sip:eve:secret@192.0.2.7>', '<sip:eve@192.0.2.7>'],
  ['"Eve" <sips:eve:secret@192.0.2.7>;x=1', '"Eve" <sips:eve@192.0.2.7>;x=1'],
  [' sip:eve:secret@192.0.2.7?X=secret', 'sip:eve@192.0.2.7'],
  ['eve:secret@192.0.2.7', 'eve@192.0.2.7'],
  [`sip:eve:${'secret'.repeat(100)}@192.0.2.7`, 'sip:eve@192.0.2.7'],
  ['+49 30 1234', '+49 30 1234'],
])('shows of the endpoint %.40s no password', (endpoint, shown) => {
  expect(failed('dial', { endpoints: [endpoint] }).endpoints).toEqual([shown])
})

it('is no longer than what a dial may name, however much was asked', () => {
  const endpoints = Array.from({ length: 20_000 }, (_, at) => `${at}${'x'.repeat(1000)}`)
  const told = failed('dial', { endpoints })
  expect(told.endpoints).toHaveLength(100)
  const played = failed('play', { media_id: `https://media.example/${'x'.repeat(900_000)}` })
  expect(played.media_id?.length).toBe(1000)
  expect(JSON.stringify(told).length).toBeLessThan(30_000)
})

it('gives the reason as it was answered', () => {
  const reasonOf = (error: unknown) => failed('kick', {}, error).reason
  const data = { message: 'nobody has this id', id: 7 }
  expect(reasonOf(new AppError('bad_identifier', { data }))).toBe('nobody has this id')
  expect(reasonOf(invalid({ 'data.action': { enum: { message: 'not in the list' } } }))).toBe(
    'not in the list',
  )
})

it.each([
  ['record', { action: 'stop' }, 'recordstop'],
  ['record', { action: 'start' }, 'record'],
  ['undeaf', {}, 'undeaf_participant'],
  ['x'.repeat(500), {}, 'x'.repeat(64)],
  [{ not: 'a name' }, {}, 'nothing'],
])('calls %j %j by the name of its command', (action, data, name) => {
  expect(failed(action, data).application_name).toBe(name)
})
