import { defineConfig } from '@playwright/test'
import type { HostOption } from './e2e/fixtures.ts'
import { browser, hosts } from './e2e/hosts/available.ts'

const quiet = ['--disable-gpu', '--disable-quic', '--disable-sync', '--disable-component-update']
/** A microphone that beeps, and that nobody has to allow. */
const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** Every journey is written once and runs on every host that can run here. */
export default defineConfig<HostOption>({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./e2e/report.ts']],
  use: {
    ...(browser !== null && {
      launchOptions: { executablePath: browser, args: [...quiet, ...microphone] },
    }),
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: hosts
    .filter(({ runsOn }) => runsOn !== null)
    .map(({ name }) => ({
      name,
      use: { hostName: name },
      // What only a desktop has cannot be tried in a browser tab, nor the command line in a window.
      grepInvert: name === 'serve' ? /@desktop/ : /@serve/,
    })),
})
