import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { root } from './hosts/backend-process.ts'
import { expect, test } from './fixtures.ts'

type Ready = { url: string; account_id: string; auth_token: string; sip: string | null }

/** Starts the server as a person or a unit file would. */
const npmRunServe = (...args: string[]) => {
  const child = spawn('npm', ['run', '--silent', 'serve', '--', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stderr = text(child.stderr)
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (stdout += chunk))
  const ended = once(child, 'close') as Promise<[number | null]>
  return {
    stdout: () => stdout,
    ready: async () => {
      await expect.poll(() => stdout, { timeout: 30_000 }).toContain('\n')
      return JSON.parse(stdout) as Ready
    },
    terminate: () => void child.kill('SIGTERM'),
    ended: async () => ({ code: (await ended)[0], stdout, stderr: await stderr }),
  }
}

test.describe('npm run serve @serve', () => {
  test.skip(process.platform === 'win32', 'Windows has no SIGTERM')

  test('says in one line where it is, and ends cleanly on SIGTERM', async ({ dataDir }) => {
    const server = npmRunServe('--port', '0', '--sip-port', '0', '--data', dataDir)
    const { url, account_id, auth_token, sip } = await server.ready()

    const status = `${url}/studio/status`
    const answer = await fetch(status, { headers: { 'x-auth-token': auth_token } })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(sip).toMatch(/^127\.0\.0\.1:\d+$/)
    expect(await answer.json()).toMatchObject({ data: { account: { id: account_id }, sip } })
    expect((await fetch(status)).status).toBe(401)

    const startedMs = Date.now()
    server.terminate()
    const { code, stdout } = await server.ended()
    expect(code).toBe(0)
    expect(Date.now() - startedMs).toBeLessThan(5000)
    expect(stdout.split('\n')).toEqual([expect.any(String), ''])
    await expect(fetch(url)).rejects.toThrow()
  })

  test('refuses a data folder that is in use', async ({ dataDir }) => {
    const first = npmRunServe('--port', '0', '--data', dataDir)
    await first.ready()

    const second = await npmRunServe('--port', '0', '--data', dataDir).ended()
    first.terminate()

    expect(second).toMatchObject({ code: 1, stdout: '' })
    expect(second.stderr).toContain(`the data folder ${dataDir} is in use`)
    expect((await first.ended()).code).toBe(0)
  })

  test('refuses a SIP port that is in use', async ({ dataDir }) => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    const ended = await npmRunServe(
      ...['--port', '0', '--sip-port', String(port), '--data', dataDir],
    ).ended()
    taken.close()

    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toContain(`SIP port ${port} is in use on 127.0.0.1: stop what uses it`)
  })

  test('explains its flags to those who mistype one', async () => {
    const { code, stdout, stderr } = await npmRunServe('--prot', '8000').ended()

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--prot')
    expect(stderr).toContain('usage: npm run --silent serve')
  })
})
