import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ObjectEvent } from '#contract/events'
import { startEditing, type EditingApp } from '../../test/editing.ts'
import { samplesOf } from '../../test/samples.ts'
import { tone } from '../../test/tone.ts'

let app: EditingApp
let nowMs: number

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 21)
  app = await startEditing({ clock: { nowMs: () => nowMs } })
})
afterEach(() => app.dispose())

const wav = tone({ frequencyHz: 440, durationMs: 500 })
const open = async (bytes = wav) => {
  const id = await app.create({ name: 'Welcome' })
  await app.upload(id, bytes)
  return app.openDraft(id)
}
const head = { kind: 'delete', from: 0, to: 1000 } as const
const steps = (id: string, data: unknown) => app.post(`/studio/drafts/${id}/steps`, data)

describe('a draft', () => {
  it('begins with the whole file, and is the same for everybody who opens the document', async () => {
    const draft = await open()

    expect(draft).toMatchObject({
      name: 'Welcome',
      revision: 0,
      position: 0,
      initial: { sample_rate_hz: 8000, channels: 1, spans: [{ frames: 4000 }] },
    })
    expect((await app.openDraft(draft.media_id!)).id).toBe(draft.id)
    expect(await app.data(app.call('GET', '/studio/drafts'))).toMatchObject([
      { id: draft.id, steps: 0, is_saved: true },
    ])
  })

  it('tells its history in words, and forgets what was undone when something else is done', async () => {
    const draft = await open()
    await app.step(draft, head)
    await app.step(draft, { kind: 'fade', from: 0, to: 240, direction: 'in', curve: 'linear' })
    await app.undo(draft)
    await app.step(draft, { kind: 'gain', from: 0, to: 3000, gain_db: -6 })

    const { position, revision, steps: history } = await app.draft(draft)

    expect({ position, revision }).toEqual({ position: 2, revision: 4 })
    expect(history.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^(Delete|Trim)/),
      expect.stringContaining('−6.0 dB'),
    ])
    const list = await app.data<any>(app.call('GET', `/studio/drafts/${draft.id}/list`))
    expect(list.spans).toHaveLength(1)
    expect(list.spans[0]).toMatchObject({ frames: 3000, layers: [{ in: 1000 }] })
  })

  it('refuses what cannot be done, and stays as it is', async () => {
    const draft = await open()
    const outside = await steps(draft.id, {
      revision: 0,
      operation: { kind: 'delete', from: 0, to: 4001 },
    })
    const unknown = await steps(draft.id, { revision: 0, operation: { kind: 'explode' } })
    const misspelled = await steps(draft.id, {
      revision: 0,
      operation: { kind: 'delete', from: 0, to: 100, form: 50 },
    })
    const beyond = await app.post(`/studio/drafts/${draft.id}/position`, {
      revision: 0,
      position: 1,
    })

    expect(outside.envelope.data).toMatchObject({ 'operation.to': { maximum: { target: 4000 } } })
    expect(unknown.envelope.data).toHaveProperty(['operation.kind'])
    expect(misspelled.envelope.data).toHaveProperty(['operation.form', 'additionalProperties'])
    expect(beyond.envelope.data).toMatchObject({ position: { maximum: { target: 0 } } })
    for (const { status } of [outside, unknown, misspelled, beyond]) expect(status).toBe(400)
    expect(await app.draft(draft)).toMatchObject({ revision: 0, steps: [] })
  })

  it('takes one of two changes made at the same time', async () => {
    const draft = await open()

    const answers = await Promise.all([
      steps(draft.id, { revision: 0, operation: head }),
      steps(draft.id, { revision: 0, operation: { kind: 'reverse', from: 0, to: 4000 } }),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.envelope.data).toMatchObject({ cause: 'revision' })
    expect(refused?.envelope.data.message).toContain('its revision is now 1')
    expect((await app.draft(draft)).steps).toHaveLength(1)
  })

  it('takes what another draft copied, and knows where it is from', async () => {
    const one = await open()
    const two = await open(tone({ frequencyHz: 900, durationMs: 100 }))
    const list = await app.data<any>(app.call('GET', `/studio/drafts/${two.id}/list`))
    const { markers: _markers, ...clip } = list

    await app.step(one, { kind: 'paste', from: 4000, to: 4000, clip })
    await app.save(one)

    const heard = samplesOf((await app.download(one.media_id!)).bytes)
    expect(heard).toHaveLength(4800)
    const lies = structuredClone(clip)
    const [source] = Object.keys(lies.sources)
    lies.sources[source!].frames = 9999
    const operation = { kind: 'paste', from: 0, to: 0, clip: lies }
    const refused = await steps(one.id, { revision: one.revision, operation })
    expect(refused.status).toBe(400)
    expect(refused.envelope.data).toHaveProperty([`operation.clip.sources.${source}`])
  })

  it('is thrown away when asked, and gives way to a new file only when nothing is lost', async () => {
    const draft = await open()
    const id = draft.media_id!
    await app.step(draft, head)
    await app.upload(id, tone({ frequencyHz: 900, durationMs: 100 }))
    expect((await app.openDraft(id)).id).toBe(draft.id)

    await app.data(app.call('DELETE', `/studio/drafts/${draft.id}`, { json: { data: {} } }))
    const next = await app.openDraft(id)

    expect(next.initial.spans).toMatchObject([{ frames: 800 }])
    await app.upload(id, wav)
    expect((await app.openDraft(id)).initial.spans).toMatchObject([{ frames: 4000 }])
    expect((await app.call('GET', `/studio/drafts/${next.id}`)).status).toBe(404)
  })

  it('is nobody else’s business', async () => {
    const draft = await open()
    const created = await app.call('PUT', '/v2/accounts', { json: { data: { name: 'Second' } } })
    const login = await app.call('PUT', '/v2/api_auth', {
      token: null,
      json: { data: { api_key: created.envelope.data.api_key } },
    })
    const token = login.envelope.auth_token!
    const source = Object.keys(draft.initial.sources)[0]!
    const paths = [
      `/studio/drafts/${draft.id}`,
      `/studio/drafts/${draft.id}/list`,
      `/studio/sources/${source}`,
      `/studio/sources/${source}/samples?from=0&frames=10`,
      `/studio/sources/${source}/levels/0`,
      `/studio/sources/${source}/peaks`,
    ]

    const statuses = await Promise.all(
      paths.map(async (path) => (await app.call('GET', path, { token })).status),
    )

    expect(statuses).toEqual(paths.map(() => 404))
    expect((await app.call('GET', '/studio/drafts', { token })).envelope.data).toEqual([])
    const data = { list: draft.initial, effects: [] }
    const preview = await app.call('POST', '/studio/preview', { token, json: { data } })
    expect(preview.status).toBe(400)
    const system = await app.call('POST', '/studio/drafts?target=system', {
      token,
      json: { data: { media_id: 'x' } },
    })
    expect(system.status).toBe(403)
  })
})

describe('two windows', () => {
  const editor = (id: string, data: unknown) => app.post(`/studio/drafts/${id}/editor`, data)
  const [mine, yours] = ['window-1', 'window-2']

  it('do not overwrite each other: the second is told, until it takes over', async () => {
    const draft = await open()
    await app.step(draft, head, mine)

    const refused = await steps(draft.id, { revision: 1, window: yours, operation: head })
    const script = await steps(draft.id, { revision: 1, operation: head })

    expect([refused.status, script.status]).toEqual([409, 409])
    expect(refused.envelope.data).toMatchObject({ cause: 'editor' })
    expect((await app.draft(draft)).editor).toMatchObject({ window: mine })
    expect((await editor(draft.id, { window: yours })).status).toBe(409)
    expect(
      (await app.call('DELETE', `/studio/drafts/${draft.id}`, { json: { data: {} } })).status,
    ).toBe(409)
    await app.data(editor(draft.id, { window: yours, take_over: true }))
    await app.step(draft, head, yours)
    expect((await steps(draft.id, { revision: 2, window: mine, operation: head })).status).toBe(409)
  })

  it('may go on when the other has left, or was silent for half a minute', async () => {
    const draft = await open()
    await app.data(editor(draft.id, { window: mine }))
    nowMs += 29_000
    await app.data(editor(draft.id, { window: mine }))
    nowMs += 29_000
    expect((await editor(draft.id, { window: yours })).status).toBe(409)

    nowMs += 1000
    expect((await app.draft(draft)).editor).toBeNull()
    await app.data(editor(draft.id, { window: yours }))
    await app.data(editor(draft.id, { window: yours, leave: true }))

    await app.step(draft, head)
    expect((await app.draft(draft)).editor).toBeNull()
  })
})

it('tells everybody what becomes of a draft', async () => {
  const heard: ObjectEvent[] = []
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/socket`)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data))
    if (frame.action === 'event') heard.push(frame.data)
  })
  const bindings = ['object.*.draft']
  const subscribe = {
    action: 'subscribe',
    auth_token: app.launchToken,
    data: { account_id: app.accountId, bindings },
  }
  socket.send(JSON.stringify(subscribe))

  const draft = await open()
  await app.step(draft, head)
  await app.data(app.call('DELETE', `/studio/drafts/${draft.id}`, { json: { data: {} } }))

  await expect
    .poll(() => heard.map(({ event, id }) => [event, id]))
    .toEqual([
      ['doc_created', draft.id],
      ['doc_edited', draft.id],
      ['doc_deleted', draft.id],
    ])
  socket.close()
})
