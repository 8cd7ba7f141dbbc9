import { readFile } from 'node:fs/promises'
import { startCallPhone } from '../src-main/test/call-phone.ts'
import type { Api } from './api.ts'
import { expect, test } from './fixtures.ts'
import { boardPage } from './pages/board-page.ts'
import { editorPage } from './pages/editor-page.ts'

/** A conference with two people in it whose phones are scripted. */
const begin = async (api: Api) => {
  await api.call('PATCH', '/studio/sip', { port: 0, authenticate_calls: false })
  const { sip } = await api.call<{ sip: string }>('GET', '/studio/status')
  await api.call('PUT', `/v2/accounts/${api.accountId}/conferences`, {
    ...{ name: 'Town hall', conference_numbers: ['4000'], play_welcome: false },
    ...{ play_entry_tone: false, play_exit_tone: false, member: { join_muted: false } },
  })
  const phones = await Promise.all(
    ['Ann Berg', '<b>Måns</b>'].map((displayName, index) =>
      startCallPhone(sip, { user: `100${index + 1}`, displayName }),
    ),
  )
  return Promise.all(phones.map((phone) => phone.call('4000')))
}

/** Milliseconds of `0:02.507`. */
const msOf = (clock: string): number => {
  const [minutes = '', seconds = ''] = clock.split(':')
  return Number(minutes) * 60_000 + Number(seconds) * 1000
}

test('a moment that was bookmarked is found again in the recording', async ({ page, api }) => {
  const [ann] = await begin(api)
  const board = boardPage(page)
  // Wide enough for the timeline beside the table.
  await page.setViewportSize({ width: 1440, height: 900 })
  await board.open()
  await expect(board.table.getByRole('row')).toHaveCount(3)

  await board.press('g r')
  await expect(board.button(/^Recording/)).toBeVisible()
  // What is heard of her begins where the bookmark is.
  await ann?.audio.listen(1500)
  ann?.audio.say(440)
  await expect(board.state('Ann Berg')).toHaveText('talking')
  await board.press('Shift+B')
  await board.dialog.getByRole('textbox').fill('Price agreed')
  await page.keyboard.press('Enter')
  const bookmark = board.timeline.filter({ hasText: 'Price agreed' })
  await expect(bookmark).toContainText('by you')
  await bookmark.click()
  await expect(board.main.getByText(/^At 0:0\d of the recording that goes on/)).toBeVisible()
  await ann?.audio.listen(1000)
  await board.button(/^Recording/).click()
  await expect(board.button('Record')).toBeVisible()

  await board.button(/^Open in the recording at 0:0\d$/).click()
  const editor = editorPage(page)
  await expect(editor.wave).toBeVisible()
  await expect(editor.markers).toContainText('Price agreed')
  const marker = await editor.markers.getByRole('listitem').innerText()
  const at = msOf(/\d+:[\d.]+/.exec(marker)?.[0] ?? '')
  // She began to talk 1.5 s into it, and it was noted once the board had shown that.
  expect(at).toBeGreaterThan(1500)
  expect(at).toBeLessThan(8000)
  await expect
    .poll(async () => Math.abs(msOf(await editor.field('start').inputValue()) - at))
    .toBeLessThan(2)
  expect(page.url()).not.toContain('at=')
})

test('what failed stands in the timeline with who asked and why, after a reload and in the table', async ({
  page,
  api,
}) => {
  await begin(api)
  const board = boardPage(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await board.open()
  await expect(board.table.getByRole('row')).toHaveCount(3)
  const [conference] = await api.call<{ id: string }[]>(
    'GET',
    `/v2/accounts/${api.accountId}/conferences`,
  )
  const path = `/v2/accounts/${api.accountId}/conferences/${conference?.id}`
  const url = 'https://ann:secret@127.0.0.1:9/hello.wav?token=secret'
  for (const ask of [
    { action: 'record', data: { action: 'stop' } },
    { action: 'play', data: { media_id: url } },
  ])
    await expect(api.call('PUT', path, ask)).rejects.toThrow()

  const problems = () =>
    board.timeline.filter({ hasText: /^.*(was not stopped|was not played)/ }).allInnerTexts()
  const shown = [
    expect.stringMatching(/hello\.wav.*” was not played to everybody: .* · asked by you/s),
    expect.stringContaining(
      'Recording was not stopped: The conference is not recorded · asked by you',
    ),
  ]
  await expect.poll(problems).toEqual(shown)
  for (const chip of ['People', 'Room', 'Asked']) await board.button(chip).click()
  expect(await problems()).toHaveLength(2)
  await page.reload()
  await board.open()
  await expect.poll(problems).toEqual(shown)
  await board.main.getByRole('searchbox', { name: 'Find who or what' }).fill('not stopped')
  await expect.poll(problems).toHaveLength(1)

  await board.button('More about the timeline').click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as CSV' }).click(),
  ])
  const table = await readFile(await download.path(), 'utf8')
  const failed = table.split('\r\n').filter((line) => line.includes('command-failed'))
  expect(failed).toHaveLength(2)
  expect(failed[0]).toContain('recordstop')
  expect(failed[0]).toContain('The conference is not recorded')
  expect(await page.content()).not.toContain('secret')
  expect(table).not.toContain('secret')
})
