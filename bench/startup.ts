// Time from starting the built server to its ready line, and its peak memory, by number of documents.
import { readFile } from 'node:fs/promises'
import { seedMedia, startServer, withFolder } from './server.ts'

const runs = 5

const peakMegabytes = async (pid: number | undefined): Promise<number> => {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

for (const count of [0, 100_000]) {
  await withFolder(async (folder) => {
    await seedMedia(folder, count)
    const ready: number[] = []
    const peaks: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const server = await startServer(folder)
      ready.push(server.readyMs)
      peaks.push(await peakMegabytes(server.process.pid))
      await server.stop()
    }
    console.log(
      `${String(count).padStart(6)} documents: ready in ${median(ready).toFixed(0)} ms (${ready.map((ms) => ms.toFixed(0)).join(', ')}), peak ${median(peaks).toFixed(0)} MB`,
    )
  })
}
