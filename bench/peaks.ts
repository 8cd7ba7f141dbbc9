// Reading an hour of 44.1 kHz stereo into its pyramid and drawing it, as wav and as mp3, against a plain
// decode by sox of the same file in the same run. Each reading is a fresh process with an empty cache,
// and counts from the call to the finished cache. The best of some rounds, taken in turn.
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, link, mkdir, readFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { createAudio } from '../src-main/modules/audio/audio.ts'
import { createWaveforms } from '../src-main/modules/waveforms/waveforms.ts'
import { openBlobs } from '../src-main/platform/blobs/blobs.ts'
import { silentLog } from '../src-main/platform/log.ts'
import { createProcesses } from '../src-main/platform/process/process.ts'
import { createScope } from '../src-main/platform/scope.ts'
import { createWorkers } from '../src-main/platform/workers/workers.ts'
import { withFolder } from './server.ts'

type Figures = { wallS: number; cpuS: number; peakMb: number }

const rounds = 5
const TICKS_A_SECOND = 100

/** CPU time of this process, its threads and the tools it has waited for. */
const cpuSeconds = async (): Promise<number> => {
  const stat = await readFile('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return ticks / TICKS_A_SECOND
}

/** In a process of its own: reads the file at `path`, and prints what that took. */
const read = (path: string) =>
  withFolder(async (folder) => {
    const log = silentLog
    const scope = createScope('bench')
    const blobs = await openBlobs({ folder, log })
    const processes = createProcesses({ scope: scope.child('processes'), log })
    const audio = createAudio({ processes, log })
    const entry = new URL('../out/main/worker.js', import.meta.url)
    const workers = createWorkers({ scope: scope.child('workers'), log, entry })
    const waveforms = createWaveforms({
      scope: scope.child('waveforms'),
      blobs,
      audio,
      workers,
      log,
    })
    const blob = '0'.repeat(64)
    await mkdir(join(folder, '00'))
    await link(path, blobs.pathOf(blob)).catch(() => cp(path, blobs.pathOf(blob)))

    const cpuBefore = await cpuSeconds()
    const startMs = performance.now()
    const options = { samplesPerPixel: 2 ** 16, bits: 16 } as const
    const peaks = await waveforms.peaks(blob, options)
    await waveforms.read(blob).done
    const wallS = (performance.now() - startMs) / 1000
    const cpuS = (await cpuSeconds()) - cpuBefore
    const peakMb = process.resourceUsage().maxRSS / 1024
    await scope.dispose()
    if (peaks.length < 2400) throw new Error(`only ${peaks.length} pixels were drawn`)
    return { wallS, cpuS, peakMb } satisfies Figures
  })

const readApart = (path: string): Figures =>
  JSON.parse(
    execFileSync(process.execPath, [import.meta.filename, 'read', path]).toString(),
  ) as Figures

const decode = async (path: string): Promise<Figures> => {
  const cpuBefore = await cpuSeconds()
  const startMs = performance.now()
  const { status } = spawnSync('sox', [path, '-n', 'stat'], { stdio: 'ignore' })
  if (status !== 0) throw new Error(`sox cannot decode ${path}`)
  const wallS = (performance.now() - startMs) / 1000
  return { wallS, cpuS: (await cpuSeconds()) - cpuBefore, peakMb: 0 }
}

const bestOf = (runs: readonly Figures[]): Figures => ({
  wallS: Math.min(...runs.map(({ wallS }) => wallS)),
  cpuS: Math.min(...runs.map(({ cpuS }) => cpuS)),
  peakMb: Math.max(...runs.map(({ peakMb }) => peakMb)),
})

const compare = async (name: string, path: string) => {
  const plain: Figures[] = []
  const ours: Figures[] = []
  for (let round = 0; round < rounds; round += 1) {
    plain.push(await decode(path))
    ours.push(readApart(path))
  }
  const [sox, own] = [bestOf(plain), bestOf(ours)]
  const walls = ours.map(({ wallS }) => wallS.toFixed(2)).join(', ')
  console.log(
    `${name}: wall ${own.wallS.toFixed(2)} s (${walls}), sox ${sox.wallS.toFixed(2)} s, ratio ${(own.wallS / sox.wallS).toFixed(2)}; cpu ${own.cpuS.toFixed(2)} s, sox ${sox.cpuS.toFixed(2)} s, ratio ${(own.cpuS / sox.cpuS).toFixed(2)}; peak ${own.peakMb.toFixed(0)} MB`,
  )
}

const [what, file] = process.argv.slice(2)
if (what === 'read' && file !== undefined) {
  console.log(JSON.stringify(await read(file)))
} else {
  await withFolder(async (folder) => {
    const [wav, mp3] = [join(folder, 'hour.wav'), join(folder, 'hour.mp3')]
    const sound = ['synth', '3600', 'pinknoise', 'synth', '3600', 'sine', 'mix', '200-3000']
    const format = ['-r', '44100', '-c', '2', '-b', '16']
    execFileSync('sox', ['-R', '-n', ...format, wav, ...sound, 'gain', '-6'])
    execFileSync('sox', [wav, '-C', '128', mp3])
    const load = () => loadavg()[0]?.toFixed(2) ?? ''
    console.log(`${availableParallelism()} cores, load ${load()}`)
    await compare('1 h wav', wav)
    await compare('1 h mp3', mp3)
    console.log(`load ${load()}`)
  })
}
