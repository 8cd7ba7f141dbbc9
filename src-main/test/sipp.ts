import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why it cannot run here; undefined when it can. */
export const noSipp: string | undefined = spawnSync('sipp', ['-v']).error
  ? 'SIPp is not installed (npm test installs it)'
  : undefined

export type SippRun = {
  /** Path of the XML. */
  readonly scenario: string
  /** `127.0.0.1:5060`. */
  readonly server: string
  /** The user part that is called. */
  readonly service: string
  readonly calls: number
  readonly callsPerSecond: number
  /** At once. */
  readonly most?: number
  /** Of a `<pause/>` without a length. */
  readonly holdMs: number
  /** What the scenario names, by name. */
  readonly files?: Readonly<Record<string, Buffer>>
}

export type SippFigures = {
  readonly successful: number
  readonly failed: number
  readonly retransmissions: number
  /** Of every response time the scenario measures, milliseconds. */
  readonly responseMs: readonly number[]
  readonly seconds: number
  /** What it says went wrong. */
  readonly errors: string
}

/** Its statistics: a line of names, then one of figures every second. */
const lastLine = (csv: string): Map<string, string> => {
  const lines = csv.trim().split('\n')
  const figures = lines.at(-1)?.split(';') ?? []
  return new Map(lines[0]?.split(';').map((name, i) => [name, figures[i] ?? '']))
}

/** Makes calls as a scenario says; resolves when all are over, whatever became of them. Rejects when it cannot begin. */
export const runSipp = async (run: SippRun): Promise<SippFigures> => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-sipp-'))
  try {
    for (const [name, bytes] of Object.entries(run.files ?? {})) {
      await writeFile(join(folder, name), bytes)
    }
    const args = [
      ...[run.server, '-sf', run.scenario, '-s', run.service, '-i', '127.0.0.1', '-nostdin'],
      ...['-m', `${run.calls}`, '-r', `${run.callsPerSecond}`, '-l', `${run.most ?? run.calls}`],
      ...['-d', `${run.holdMs}`, '-recv_timeout', '15000'],
      ...['-trace_stat', '-stf', 'stat.csv', '-fd', '1', '-trace_rtt', '-rtt_freq', '1'],
      ...['-trace_err', '-error_file', 'errors.log'],
    ]
    const startMs = performance.now()
    const sipp = spawn('sipp', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    sipp.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const [code] = (await once(sipp, 'close')) as [number | null]
    // 1: some calls failed.
    if (code !== 0 && code !== 1) throw new Error(`sipp ended with ${String(code)}: ${said}`)
    const seconds = (performance.now() - startMs) / 1000
    const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '')
    const stat = lastLine(await read('stat.csv'))
    const figure = (name: string) => Number(stat.get(name) ?? Number.NaN)
    const times = (await readdir(folder)).find((name) => name.endsWith('_rtt.csv')) ?? ''
    return {
      seconds,
      successful: figure('SuccessfulCall(C)'),
      failed: figure('FailedCall(C)'),
      retransmissions: figure('Retransmissions(C)'),
      responseMs: (await read(times))
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(';')[1]))
        .filter((ms) => !Number.isNaN(ms)),
      errors: said + (await read('errors.log')),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
