// Importing a pack with normalisation, against the same sox commands run by xargs on all cores.
// npm run bench -- import FOLDER   (a folder in the kazoo-core layout)
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { startServer, withFolder, type Server } from './server.ts'

const runs = 3
const pack = process.argv[2]
if (pack === undefined) throw new Error('name the folder of a pack')

const xargs = (folder: string): number => {
  const startMs = performance.now()
  const script = `find "$1" -name '*.wav' -print0 | xargs -0 -P ${availableParallelism()} -I{} sh -c 'sox -t wav - -r 8000 -t mp3 - < "$1" > "$2/$(echo "$1" | md5sum | cut -c1-32).mp3"' _ {} "$2"`
  const { status } = spawnSync('sh', ['-c', script, '_', pack, folder], { stdio: 'ignore' })
  if (status !== 0) throw new Error('the reference run failed')
  return performance.now() - startMs
}

type Answer = {
  data: { job_id: string; status: string; result: { counts: Record<string, number> } }
}

const ask = async (
  server: Server,
  method: string,
  path: string,
  data?: unknown,
): Promise<Answer> => {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'x-auth-token': server.auth_token, 'content-type': 'application/json' },
    ...(data !== undefined && { body: JSON.stringify({ data }) }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return (await response.json()) as Answer
}

const importOnce = (folder: string) =>
  withFolder(async (dataDir) => {
    const server = await startServer(dataDir)
    try {
      await ask(server, 'PATCH', '/studio/settings', { normalize_media: true })
      const startMs = performance.now()
      const { data } = await ask(server, 'POST', '/studio/packs/import', { path: folder })
      for (;;) {
        const job = await ask(server, 'GET', `/studio/jobs/${data.job_id}`)
        if (job.data.status === 'done')
          return { ms: performance.now() - startMs, counts: job.data.result.counts }
        if (job.data.status === 'failed') throw new Error('the import failed')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    } finally {
      await server.stop()
    }
  })

const ratios: number[] = []
for (let run = 0; run < runs; run += 1) {
  const reference = await withFolder((folder) => Promise.resolve(xargs(join(folder))))
  const { ms, counts } = await importOnce(pack)
  ratios.push(ms / reference)
  console.log(
    `import ${(ms / 1000).toFixed(2)} s  sox and xargs ${(reference / 1000).toFixed(2)} s  ratio ${(ms / reference).toFixed(2)}  ${JSON.stringify(counts)}`,
  )
}
console.log(`median ratio ${(ratios.sort((a, b) => a - b)[1] ?? 0).toFixed(2)}`)
