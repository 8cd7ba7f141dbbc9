// Draws resources/icon.png from icon.svg; run it on Node 24 after changing the drawing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.mjs'
import { root } from './run.mjs'

const size = 1024
const drawing = readFileSync(join(root, 'resources/icon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: await findBrowser() })
const page = await browser.newPage({ viewport: { width: size, height: size } })
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`)
await page.screenshot({ path: join(root, 'resources/icon.png'), omitBackground: true })
await browser.close()
