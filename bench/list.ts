// A page of 50 media out of many, plain and with two filters, against an empty Fastify route. The same
// client loads each in turn, so that the ratio holds on any machine.
import { fork } from 'node:child_process'
import { load, seedMedia, startServer, withFolder, type Load } from './server.ts'

const startEmpty = async (): Promise<{ url: string; stop: () => void }> => {
  const child = fork(new URL('empty-route.ts', import.meta.url))
  const url = await new Promise<string>((resolve) =>
    child.once('message', (message) => resolve(message as string)),
  )
  return { url, stop: () => child.kill() }
}

const show = (what: string, { requestsPerSecond, p50Ms, p99Ms }: Load, empty: Load) => {
  const ratio = requestsPerSecond / empty.requestsPerSecond
  console.log(
    `${what.padEnd(34)} ${requestsPerSecond.toFixed(0).padStart(6)} req/s  ratio ${ratio.toFixed(3)}  p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms`,
  )
}

const measure = (count: number) =>
  withFolder(async (folder) => {
    const accountId = await seedMedia(folder, count)
    const server = await startServer(folder)
    const empty = await startEmpty()
    try {
      const list = `${server.url}/v2/accounts/${accountId}/media?page_size=50`
      const filtered = `${list}&filter_language=fr-fr&filter_media_source=tts`
      const rare = `${list}&filter_name=Media%207&filter_media_source=upload`
      await load(list, server.auth_token, 1000)
      await load(empty.url, '', 1000)
      const reference = await load(empty.url, '')
      show('empty route', reference, reference)
      show(`${count}: page of 50`, await load(list, server.auth_token), reference)
      show(`${count}: two filters, many match`, await load(filtered, server.auth_token), reference)
      show(`${count}: two filters, one matches`, await load(rare, server.auth_token), reference)
    } finally {
      empty.stop()
      await server.stop()
    }
  })

for (const count of [1000, 100_000]) await measure(count)
