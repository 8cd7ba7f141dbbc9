// kill -9 at random moments under write load. After every restart each write that was acknowledged must
// be there, whole: documents by their name, files by their bytes.
import { createHash } from 'node:crypto'
import { tone } from '../src-main/test/tone.ts'
import { startServer, withFolder, type Server } from './server.ts'

const kills = Number(process.argv[2] ?? 100)
const writers = 8

type Written = { id: string; name: string; hash: string | undefined }

const send = async (
  server: Server,
  [method, path]: readonly [string, string],
  body: BodyInit,
  type: string,
) => {
  const response = await fetch(`${server.url}${path}`, {
    method,
    body,
    headers: { 'x-auth-token': server.auth_token, 'content-type': type },
  })
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
  return (await response.json()) as { data: { id: string } }
}

const writeUntilKilled = async (
  server: Server,
  acknowledged: Map<string, Written>,
  seed: number,
) => {
  const base = `/v2/accounts/${server.account_id}/media`
  for (let index = 0; ; index += 1) {
    const name = `w${seed}-${index}`
    const { data } = await send(
      server,
      ['PUT', base],
      JSON.stringify({ data: { name } }),
      'application/json',
    )
    acknowledged.set(data.id, { id: data.id, name, hash: undefined })
    const bytes = tone({ frequencyHz: 300 + ((seed + index) % 3000), durationMs: 40 })
    await send(server, ['POST', `${base}/${data.id}/raw`], new Uint8Array(bytes), 'audio/x-wav')
    acknowledged.set(data.id, {
      id: data.id,
      name,
      hash: createHash('sha256').update(bytes).digest('hex'),
    })
  }
}

const isThere = async (server: Server, { id, name, hash }: Written): Promise<boolean> => {
  const headers = { 'x-auth-token': server.auth_token }
  const path = `${server.url}/v2/accounts/${server.account_id}/media/${id}`
  const document = (await (await fetch(path, { headers })).json()) as { data: { name?: string } }
  if (document.data.name !== name) return false
  if (hash === undefined) return true
  const raw = await fetch(`${path}/raw`, { headers })
  return (
    createHash('sha256')
      .update(Buffer.from(await raw.arrayBuffer()))
      .digest('hex') === hash
  )
}

await withFolder(async (folder) => {
  let lost = 0
  let total = 0
  let failedStarts = 0
  for (let kill = 0; kill < kills; kill += 1) {
    const acknowledged = new Map<string, Written>()
    const server = await startServer(folder)
    const gone = new Promise((resolve) => server.process.once('exit', resolve))
    const load = Array.from({ length: writers }, (_, writer) =>
      writeUntilKilled(server, acknowledged, kill * writers + writer).catch(() => undefined),
    )
    setTimeout(() => server.process.kill('SIGKILL'), 20 + Math.random() * 180)
    await Promise.all([gone, ...load])
    const again = await startServer(folder).catch(() => undefined)
    if (!again) {
      failedStarts += 1
      continue
    }
    for (const written of acknowledged.values()) {
      total += 1
      if (!(await isThere(again, written))) lost += 1
    }
    await again.stop()
  }
  console.log(
    `${kills} kills: ${total} acknowledged writes, ${lost} lost, ${failedStarts} starts that needed repair`,
  )
  if (lost > 0 || failedStarts > 0) process.exitCode = 1
})
