import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, describe, it } from 'vitest'
import type { HistoryEntry } from '#contract/board'
import { talkEvents } from '#contract/conference-events'
import { startApp } from '../../test/app.ts'
import { startCallPhone } from '../../test/call-phone.ts'
import { connect, setStage } from './test/stage.ts'

const stage = setStage()

describe('history', () => {
  it('says who asked: the application, a user, a key, and the caller itself', async () => {
    const { app, board, history, act } = stage()
    const kept = JSON.parse(await readFile(join(app.dataDir, 'credentials.json'), 'utf8'))
    const credentials = createHash('md5').update(`${kept.username}:${kept.password}`).digest('hex')
    const logIn = async (path: string, data: object) =>
      (await app.call('PUT', `/v2/${path}`, { token: null, json: { data } })).envelope.auth_token
    const user = await logIn('user_auth', { credentials, account_name: kept.account_name })
    const script = await logIn('api_auth', { api_key: kept.api_key })

    await act({ action: 'lock' })
    await act({ action: 'unlock' }, '', user)
    await act({ action: 'mute' }, '/participants', script)
    stage().ada.audio.press('0')
    const commands = async () =>
      (await history())
        .map(({ event }) => event)
        .filter(({ event }) => event === 'command')
        .toReversed()
    const names = ['lock', 'unlock', 'mute_participant', 'mute_participant', 'unmute_participant']
    await expect
      .poll(async () =>
        (await commands()).slice(-5).map(({ application_name }) => application_name),
      )
      .toEqual(names)
    const by = (await commands()).slice(-5).map((event) => event.by)
    const participant_id = (await board()).participants[0]?.participant_id
    expect(by).toEqual([
      { kind: 'application' },
      { kind: 'user', user_id: expect.any(String), name: 'Account Admin' },
      { kind: 'api_key' },
      { kind: 'api_key' },
      { kind: 'participant', participant_id, name: 'Ada' },
    ])
    const mine = async (token: string) =>
      (await app.call('GET', '/studio/status', { token })).envelope.data.asked_by
    expect([await mine(app.launchToken), await mine(user ?? ''), await mine(script ?? '')]).toEqual(
      by.slice(0, 3),
    )
  })

  it('is read page by page, newest first, with and without who talks', async () => {
    const { app, id, history } = stage()
    stage().ada.audio.say(440)
    await expect
      .poll(async () => (await history()).slice(0, 2).map(({ event }) => event.event))
      .toEqual(['floor-change', 'start-talking'])
    const all = await history()
    const ids = all.map(({ entry_id }) => entry_id)
    expect(ids).toEqual([...ids].sort((a, b) => b - a))
    const first = await history('?limit=2')
    const next = await history(`?limit=2&before=${first.at(-1)?.entry_id}`)
    expect([...first, ...next]).toEqual(all.slice(0, 4))

    const quiet = await history('?talking=false')
    expect(quiet.map(({ event }) => event.event)).not.toContain('start-talking')
    expect(quiet).toEqual(all.filter(({ event }) => !talkEvents.has(String(event.event))))
    const joined = quiet.find(({ event }) => event.event === 'add-member')
    expect(joined?.event).toMatchObject({
      ...{ conference_id: id, account_id: app.accountId, instance_id: joined?.instance_id },
      ...{ caller_id_name: '=Bob', epoch: expect.any(String), seq: expect.any(Number) },
    })
    expect((await history(`?limit=0`)) as unknown).toHaveProperty('limit')
  })

  it('keeps bookmarks, which the websocket tells too', async () => {
    const { app, id, history } = stage()
    const { close, frames, say } = await connect(stage())
    await say('subscribe', 'studio.conferences')
    const post = (data: unknown, of = id) =>
      app.call('POST', `/studio/conferences/${of}/history`, { json: { data } })
    const { status, envelope } = await post({ text: 'Now' })
    expect(status).toBe(201)
    expect(envelope.data.event).toMatchObject({
      ...{ event: 'bookmark', text: 'Now', by: { kind: 'application' } },
    })
    expect((await history())[0]).toEqual(envelope.data)
    await expect.poll(() => frames.at(-1)?.data.event).toBe('bookmark')
    expect(frames.at(-1)?.data.seq).toBe(envelope.data.event.seq)
    expect((await post({ text: '' })).status).toBe(400)
    expect((await post({ text: 'too late' }, 'nobody')).status).toBe(404)
    close()
  })

  it('keeps what failed: who asked, what, and why, and so does its table', async () => {
    const { app, id, board, history } = stage()
    const ask = async (path: string, data: object) =>
      (
        await app.call('PUT', `/v2/accounts/${app.accountId}/conferences/${id}${path}`, {
          json: { data },
        })
      ).status
    const [one] = (await board()).participants
    const ada = one?.participant_id ?? 0
    const url = 'https://ada:secret@127.0.0.1:9/hello.wav?token=secret'
    expect(await ask(`/participants/${ada}`, { action: 'play', media_id: url })).toBe(404)
    expect(await ask('', { action: 'record', data: { action: 'stop' } })).toBe(400)
    expect(await ask('/participants/99999', { action: 'kick' })).toBe(404)
    expect(await ask('', { action: 'dial', data: { endpoints: ['sip:eve:secret@nowhere'] } })).toBe(
      200,
    )
    const failed = (await history())
      .filter(({ event }) => String(event.event).endsWith('-failed'))
      .reverse()
    const by = { kind: 'application' }
    expect(failed.map(({ event }) => event)).toMatchObject([
      {
        ...{ event: 'command-failed', by, application_name: 'play', participant_id: ada },
        reason: expect.stringMatching(/./) as string,
      },
      { event: 'command-failed', by, application_name: 'recordstop' },
      { event: 'command-failed', by, application_name: 'kick', participant_id: 99_999 },
      { event: 'dial-failed', by, endpoint_id: 'sip:eve@nowhere' },
    ])
    expect(new Set(failed.map((entry) => entry.instance_id)).size).toBe(1)

    const table = await app.call('GET', `/studio/conferences/${id}/history.csv`)
    const text = table.bytes.toString()
    expect(text).toContain('The conference is not recorded')
    expect(text.split('\r\n').filter((line) => line.includes('command-failed'))).toHaveLength(3)
    expect(text + JSON.stringify(await history())).not.toContain('secret')
  })

  it('keeps of who joins whether they called, and whether they count', async () => {
    const { history } = stage()
    const joined = (await history()).filter(({ event }) => event.event === 'add-member')
    expect(joined[0]?.event).toMatchObject({ is_ghost: false, direction: 'incoming' })
  })

  it('is a table that no spreadsheet runs, oldest first', async () => {
    const { app, id } = stage()
    await app.call('POST', `/studio/conferences/${id}/history`, {
      json: { data: { text: '=1+1, "quoted"' } },
    })
    const { bytes, headers } = await app.call('GET', `/studio/conferences/${id}/history.csv`)
    expect(headers.get('content-type')).toBe('text/csv')
    expect(headers.get('content-disposition')).toContain(`${id}-history.csv`)
    const lines = bytes.toString().trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^time,event,application_name,participant_id,/)
    expect(lines.slice(1).every((line) => /^\d{4}-\d\d-\d\dT[\d:.]+Z,/.test(line))).toBe(true)
    expect(lines.findIndex((line) => line.includes('conference-create'))).toBeLessThan(
      lines.findIndex((line) => line.includes('add-member')),
    )
    expect(lines.at(-1)).toContain(`"'=1+1, ""quoted"""`)
    expect(lines.at(-1)).toMatch(/,application,[\w-]+,\d+$/)
    expect(bytes.toString()).toContain(",'=Bob,")
  })

  it('is of the own account alone', async () => {
    const { app, id } = stage()
    const { envelope } = await app.call('PUT', '/v2/accounts', {
      json: { data: { name: 'Other', realm: 'other.example' } },
    })
    const other = await app.call('PUT', '/v2/api_auth', {
      token: null,
      json: { data: { api_key: envelope.data.api_key } },
    })
    const token = other.envelope.auth_token ?? ''
    const read = (what: string) => app.call('GET', `/studio/conferences/${id}/${what}`, { token })
    expect((await read('history')).envelope.data).toEqual([])
    expect((await read('history.csv')).bytes.toString().split('\r\n')).toHaveLength(2)
    for (const what of ['board', 'quality', 'listen']) expect((await read(what)).status).toBe(404)
  })
})

it('loses no history when it is closed in the middle of a conference', async () => {
  const own = await startApp()
  const created = await own.call('PUT', `/v2/accounts/${own.accountId}/conferences`, {
    json: { data: { conference_numbers: ['4001'], member: { join_muted: false } } },
  })
  await own.call('PUT', `/v2/accounts/${own.accountId}/devices`, {
    json: { data: { name: 'A', sip: { username: '1001', password: 'correct horse' } } },
  })
  const conference = created.envelope.data.id
  const phone = await startCallPhone(own.sip ?? '', { user: '1001', password: 'correct horse' })
  await phone.call('4001')
  const running = `/studio/conferences/${conference}/board`
  await expect.poll(async () => (await own.call('GET', running)).status).toBe(200)
  await own.close()

  const again = await startApp({ dataDir: own.dataDir })
  const read = await again.call('GET', `/studio/conferences/${conference}/history?talking=false`)
  const events = read.envelope.data
    .map(({ event }: HistoryEntry) => event.event)
    .filter((event: string) => event !== 'note')
  expect(events.slice(0, 2)).toEqual(['conference-destroy', 'del-member'])
  expect(events.slice(-2)).toEqual(['add-member', 'conference-create'])
  await phone.close()
  await again.dispose()
})
