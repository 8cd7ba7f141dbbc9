import { expect, describe, it } from 'vitest'
import type { LegQuality, LevelsEvent } from '#contract/board'
import { connect, setStage } from './test/stage.ts'

/** The board of a conference with real calls, over HTTP and the websocket, as its page uses them. */
const slow = { timeout: 5000 }
const stage = setStage()

describe('the board', () => {
  it('shows relations, gains, talk and the recording, up to a numbered event', async () => {
    const { app, id, board, act } = stage()
    stage().ada.audio.say(440)
    const [one, two] = (await board()).participants.map(({ participant_id }) => participant_id)
    const data = { participant_id: one, other_participant: two, relationship: 'deaf' }
    await act({ action: 'relate', data }, '/participants')
    await act({ action: 'record', data: { action: 'start' } })
    await expect
      .poll(async () => (await board()).participants[0]?.talked_ms, slow)
      .toBeGreaterThan(300)

    const shown = await board()
    const { seq, epoch } = (await app.call('GET', '/studio/conferences/live')).envelope.data
    expect(shown).toMatchObject({
      ...{ epoch, seq, conference_id: id, is_recording: true, members: 2 },
      relations: [{ participant_id: one, other_participant: two, relationship: 'deaf' }],
      participants: [
        {
          ...{ caller_id_name: 'Ada', quiet_ms: 0, on_hold: false, direction: 'incoming' },
          ...{ gain_in_db: 0, gain_out_db: 0, talking: true },
        },
        { caller_id_name: '=Bob', quiet_ms: null, talked_ms: 0 },
      ],
    })
    expect(shown.recording_since_ms).toBeGreaterThan(Date.now() - 10_000)

    stage().ada.audio.say(undefined)
    await expect
      .poll(async () => (await board()).participants[0]?.quiet_ms, slow)
      .toBeGreaterThan(200)
    await act({ action: 'record', data: { action: 'stop' } })
    expect((await board()).recording_since_ms).toBeNull()
  })

  it('tells how sound arrives from every participant', async () => {
    const { get, ada } = stage()
    const quality = () => get<LegQuality[]>('quality')
    ada.audio.impair((index) => (index % 4 === 0 ? 'lost' : 0))
    await expect.poll(async () => (await quality())[0]?.packets_lost, slow).toBeGreaterThan(10)

    const [one, other] = await quality()
    expect(one).toEqual({
      ...{ participant_id: expect.any(Number) as number, codec: 'PCMU' },
      ...{ jitter_ms: expect.any(Number) as number, buffer_ms: expect.any(Number) as number },
      packets_received: expect.any(Number) as number,
      packets_lost: expect.any(Number) as number,
      packets_late: expect.any(Number) as number,
    })
    expect(one?.packets_received).toBeGreaterThan(20)
    expect(other?.participant_id).toBe(Number(one?.participant_id) + 1)
    expect(other?.packets_lost).toBeLessThan(one?.packets_lost ?? 0)
  })

  it.each(['board', 'quality', 'listen'])('has no %s of what does not run', async (what) => {
    const { app, id } = stage()
    const { status, envelope } = await app.call('GET', `/studio/conferences/nobody/${what}`)
    expect([status, envelope.message]).toEqual([404, 'bad_identifier'])
    const none = await app.call('GET', `/studio/conferences/${id}/${what}`, { token: null })
    expect(none.status).toBe(401)
  })
})

describe('levels', () => {
  it('are told while somebody listens, of whom they change, five times a second at most', async () => {
    const { app, id, board } = stage()
    const { close, frames, say } = await connect(stage())
    const levels = () => frames.filter(({ name }) => name === 'levels')
    expect(await say('subscribe', 'studio.levels.*')).toBe('error')
    expect(await say('subscribe', `studio.levels.${id}`)).toBe('success')
    const [one] = (await board()).participants
    let peak = 3000
    const speak = () => {
      peak = peak === 3000 ? 9000 : 3000
      stage().ada.audio.say(440, peak)
      return levels().length
    }
    await expect.poll(speak, slow).toBeGreaterThan(4)

    const told: LevelsEvent[] = levels().map(({ data }) => data as LevelsEvent)
    expect(told.at(-1)).toMatchObject({ event: 'levels', account_id: app.accountId })
    expect(told.at(-1)).not.toHaveProperty('seq')
    const people = new Set(told.flatMap((event) => event.levels.map(([who]) => who)))
    expect([...people]).toEqual([one?.participant_id])
    const loudest = Math.max(...told.flatMap((event) => event.levels.map(([, energy]) => energy)))
    expect(loudest).toBeGreaterThan(500)
    const spanMs = told.at(-1)!.at_ms - told[0]!.at_ms
    expect(told.length - 1).toBeLessThanOrEqual(spanMs / 190)

    expect(await say('unsubscribe', `studio.levels.${id}`)).toBe('success')
    const before = levels().length
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(levels().length).toBe(before)
    close()
  })
})

it('makes bookmarks of a recording markers of the editor', async () => {
  const { app, id, act, history } = stage()
  await act({ action: 'record', data: { action: 'start' } })
  const marked = await app.call('POST', `/studio/conferences/${id}/history`, {
    json: { data: { text: 'The question' } },
  })
  const at = Number(marked.envelope.data.event.recording_ms)
  // What lasts no longer than a tick has no samples to mark.
  await stage().ada.audio.listen(200)
  await act({ action: 'record', data: { action: 'stop' } })
  const stopped = (await history()).find(({ event }) => event.event === 'stop-recording')
  expect(stopped?.event.recording_ms).toBeGreaterThan(at)
  const { envelope } = await app.call(
    'GET',
    `/v2/accounts/${app.accountId}/media?filter_source_id=${marked.envelope.data.event.recording_id}`,
  )
  const draft = await app.call('POST', '/studio/drafts', {
    json: { data: { media_id: envelope.data[0].id } },
  })
  const { initial } = draft.envelope.data
  expect(initial.markers).toEqual([
    {
      id: 'bookmark-1',
      at: Math.min(initial.spans[0].frames, (at * initial.sample_rate_hz) / 1000),
      label: 'The question',
    },
  ])
})
