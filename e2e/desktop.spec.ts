import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { makePack } from './materials/pack.ts'
import { promptsPage } from './pages/prompts-page.ts'

test.describe('the desktop @desktop', () => {
  test('remembers where its window was', async ({ open }) => {
    const first = await open()
    await first.desktop!.resizeWindow({ width: 1111, height: 777 })
    await first.close()

    const second = await open()

    const [main] = await second.desktop!.windows()
    expect(main?.bounds).toMatchObject({ width: 1111, height: 777 })
  })

  test('comes to the front when it is started a second time', async ({ desktop }) => {
    await desktop.minimizeWindow()

    const exitCode = await desktop.startAgain()

    expect(exitCode).toBe(0)
    await expect.poll(desktop.windows).toMatchObject([{ minimized: false, focused: true }])
  })

  test('answers the page with the folder that was chosen, or none', async ({ desktop, page }) => {
    const choose = () => page.evaluate(() => globalThis.patchbay.chooseFolder())

    await desktop.answerFolderDialog('/srv/prompts')
    expect(await choose()).toBe('/srv/prompts')

    await desktop.answerFolderDialog(null)
    expect(await choose()).toBeNull()
  })

  test('imports the folder that was chosen from the native menu', async ({
    desktop,
    page,
    dataDir,
  }) => {
    const prompts = promptsPage(page)
    const folder = join(dataDir, 'pack')
    for (const [path, bytes] of makePack()) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), bytes)
    }
    await expect(prompts.empty).toBeVisible()

    await desktop.answerFolderDialog(folder)
    await desktop.chooseInMenu('prompts.import')
    await prompts.dialog.getByRole('button', { name: 'Browse…' }).click()
    await prompts.goThroughWithImport()

    await expect(prompts.cell('vm-goodbye', 'en-us')).toHaveAccessibleName(/recorded, 1\.5 s/)
  })

  test('offers the page four names and nothing of Electron', async ({ page }) => {
    const offered = await page.evaluate(() => ({
      names: Object.keys(globalThis.patchbay).sort(),
      node: 'require' in globalThis || 'process' in globalThis,
    }))

    expect(offered).toEqual({
      names: ['chooseFolder', 'launch', 'onMenu', 'platform'],
      node: false,
    })
  })

  test('stays on its own page', async ({ desktop, host, page }) => {
    // The same server by another name is another origin.
    const elsewhere = host.url.replace('127.0.0.1', 'localhost')

    await page.evaluate((url) => void window.open(`${url}/docs`), host.url)
    await expect.poll(desktop.openedOutside).toEqual([`${host.url}/docs`])

    await page.evaluate((url) => void window.open(`${url}/popup`), elsewhere)
    await expect.poll(host.log).toContain(`${elsewhere}/popup`)

    await page.evaluate((url) => void (location.href = `${url}/leave`), elsewhere)
    await expect.poll(host.log).toContain(`${elsewhere}/leave`)

    await expect.poll(() => page.context().pages().length).toBe(1)
    expect(new URL(page.url()).origin).toBe(host.url)
  })

  test('lets the page copy and hear the microphone, and use no other device', async ({
    desktop,
  }) => {
    expect(await desktop.askPermission('clipboard-sanitized-write')).toBe(true)
    expect(await desktop.askPermission('media', ['audio'])).toBe(true)
    expect(await desktop.askPermission('media', ['video'])).toBe(false)
    expect(await desktop.askPermission('geolocation')).toBe(false)
  })
})
