// `npm start`: the desktop app where Electron can be had, the same interface in the browser elsewhere.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bootstrap, productTools } from './bootstrap.mjs'
import { build } from './build.mjs'
import { noDesktop, obtainElectron } from './electron.mjs'
import { nodeBinary, root, say } from './run.mjs'

const args = process.argv.slice(2)
const facts = { platform: process.platform, env: process.env, uid: process.getuid?.() }
const display = noDesktop({ ...facts, uid: undefined }) === null
const browserWanted = display && !args.includes('--no-open') && !process.env.CI
const passedOn = args.filter((arg) => arg !== '--no-open')

/** Runs a program until it ends; signals are passed on, the exit code comes back. */
const runThrough = (command, commandArgs, stdio, started = () => undefined) =>
  new Promise((done) => {
    const child = spawn(command, commandArgs, { stdio, cwd: root })
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass)
    child.on('error', () => done(1))
    child.on('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, pass)
      done(code ?? (signal ? 1 : 0))
    })
    started(child)
  })

const openers = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }

const openBrowser = (url) => {
  const [command, ...rest] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command, [...rest, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/** Another program on the usual port is no reason not to start. */
const port = async () => {
  if (passedOn.some((arg) => arg.startsWith('--port'))) return []
  const server = createServer()
  const free = await new Promise((done) => {
    server.once('error', () => done(false))
    server.listen(8000, '127.0.0.1', () => done(true))
  })
  server.close()
  return free ? [] : ['--port', '0']
}

const serve = async () =>
  runThrough(
    nodeBinary(),
    [join(root, 'out/main/serve.js'), ...(await port()), ...passedOn],
    ['ignore', 'pipe', 'inherit'],
    (child) => {
      createInterface({ input: child.stdout }).once('line', (line) => {
        const { url, auth_token: token } = JSON.parse(line)
        const address = `${url}/#token=${token}`
        say(`open ${address}`)
        say('Ctrl+C stops')
        if (browserWanted) openBrowser(address)
      })
    },
  )

await bootstrap({ tools: productTools })
if (!build({ ifStale: true })) process.exit(1)

const hindrance = noDesktop(facts)
const electron = hindrance ? null : obtainElectron()
if (electron) {
  const startedMs = Date.now()
  const code = await runThrough(electron, [root, ...passedOn], 'inherit')
  // A binary that cannot start (missing libraries, no sandbox) ends at once.
  if (code === 0 || Date.now() - startedMs > 5000) process.exit(code)
}
const reason = hindrance ?? (electron ? 'it did not start' : 'its binary cannot be fetched')
say(`no Electron window here (${reason}); the same Patchbay in your browser:`)
process.exit(await serve())
