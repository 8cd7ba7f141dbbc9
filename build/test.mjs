// `npm test`: everything a fresh clone needs to check itself, then the gates, then the journeys.
import { bootstrap, peerTools, testTools } from './bootstrap.mjs'
import { noDesktop, obtainElectron } from './electron.mjs'
import { run } from './run.mjs'

await bootstrap({ tools: testTools, strict: true })
// Without them their suites are named as not run.
await bootstrap({ tools: peerTools })
// The journeys also run on the real Electron where a window can be opened.
if (!noDesktop({ platform: process.platform, env: process.env, uid: process.getuid?.() })) {
  obtainElectron()
}
for (const script of ['check', 'e2e']) {
  if (!run(['npm', 'run', '--silent', script], { stdio: 'inherit' })) process.exit(1)
}
