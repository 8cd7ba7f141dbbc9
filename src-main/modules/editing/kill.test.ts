import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startEditing } from '../../test/editing.ts'
import { tone } from '../../test/tone.ts'

let dataDir: string
let server: ChildProcess | undefined

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'killed-'))
})
afterEach(async () => {
  server?.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

/** The headless host in a process of its own, and how to call it. */
const serve = async () => {
  const program = join(import.meta.dirname, '../../serve.ts')
  const child = spawn(process.execPath, [program, '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  server = child
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { url, auth_token: token } = JSON.parse(line.toString()) as {
    url: string
    auth_token: string
  }
  const post = async (path: string, body: string | Buffer, type = 'application/json') => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'x-auth-token': token, 'content-type': type },
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return ((await response.json()) as { data: any }).data
  }
  return {
    child,
    post,
    data: (path: string, data: unknown) => post(path, JSON.stringify({ data })),
  }
}

it('has every step that was acknowledged when the process is killed in the middle', async () => {
  const { child, post, data } = await serve()
  const wav = tone({ frequencyHz: 440, durationMs: 1000 })
  const source = await post('/studio/sources?name=Take', wav, 'audio/x-wav')
  const draft = await data('/studio/drafts', { source: source.id })
  let acknowledged = 0
  const write = async () => {
    for (let revision = 0; ; revision += 1) {
      const operation = { kind: 'gain', from: revision, to: revision + 10, gain_db: -1 }
      await data(`/studio/drafts/${draft.id}/steps`, { revision, operation })
      acknowledged = revision + 1
      if (acknowledged === 40) child.kill('SIGKILL')
    }
  }
  await expect(write()).rejects.toThrow()

  const app = await startEditing({ dataDir })
  const { steps, position, revision, ...restored } = await app.draft(draft)

  expect(acknowledged).toBeGreaterThanOrEqual(40)
  // A step may have been written whose answer did not arrive any more.
  expect(steps.length - acknowledged).toBeOneOf([0, 1])
  expect([position, revision]).toEqual([steps.length, steps.length])
  expect(restored).toMatchObject({ name: 'Take', initial: draft.initial, editor: null })
  const list = await app.data<any>(app.call('GET', `/studio/drafts/${draft.id}/list`))
  expect(list.spans).toHaveLength(20) // ten gains deep in the middle, rising and falling at the ends
  expect(await app.data(app.call('GET', '/studio/drafts'))).toMatchObject([{ is_saved: false }])
  await app.close()
})
