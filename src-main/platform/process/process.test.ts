import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failureOf, isAlive, node, sh, startWaiting, until } from '../../test/tools.ts'
import { isAbort } from '../errors.ts'
import { createLog, silentLog } from '../log.ts'
import { createScope, type Scope } from '../scope.ts'
import { createProcesses, type Processes } from './process.ts'

let scope: Scope
let processes: Processes

beforeEach(() => {
  scope = createScope('test')
  processes = createProcesses({ scope, log: silentLog, concurrency: 2 })
})
afterEach(() => scope.dispose())

describe('run', () => {
  it('returns what the tool wrote', async () => {
    const end = await processes.run(sh('printf out; printf err >&2'))

    expect(end).toEqual({ stdout: Buffer.from('out'), stderr: 'err', exitCode: 0 })
  })

  it('feeds bytes, all of them, and reads them back', async () => {
    const input = Buffer.alloc(3_000_000, 'abc')

    const { stdout } = await processes.run({ ...node(''), command: 'cat', args: [], input })

    expect(stdout.equals(input)).toBe(true)
  })

  it('feeds an empty input as an end of file', async () => {
    const { stdout } = await processes.run(sh('cat; echo end', { input: Buffer.alloc(0) }))

    expect(stdout.toString()).toBe('end\n')
  })

  it('feeds a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-'))
    const path = join(folder, 'some input')
    await writeFile(path, 'from a file')

    const { stdout } = await processes.run(sh('cat', { input: { path } }))
    await rm(folder, { recursive: true })

    expect(stdout.toString()).toBe('from a file')
  })

  it('loses no output of a tool that is gone at once', async () => {
    for (let i = 0; i < 100; i += 1) {
      const { stdout } = await processes.run(sh('printf 1', { input: { path: '/dev/null' } }))
      expect(stdout.toString()).toBe('1')
    }
  })

  it('rejects when the file to feed is not there, and frees its slot', async () => {
    const work = processes.run(sh('cat', { input: { path: '/nowhere/file' } }))

    await expect(work).rejects.toThrow('ENOENT')
    expect(processes.stats().running).toBe(0)
  })

  it('survives a tool that does not read its input', async () => {
    const input = Buffer.alloc(5_000_000)

    const { exitCode } = await processes.run(sh('exec 0<&-; exit 0', { input }))

    expect(exitCode).toBe(0)
  })

  it('passes arguments as they are, without a shell', async () => {
    const args = ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--']
    const odd = ['a b', '$HOME', '`id`', '; exit 3', '"', '*', '']

    const { stdout } = await processes.run({ ...node(''), args: [...args, ...odd] })

    expect(JSON.parse(stdout.toString())).toEqual(odd)
  })

  it('closes the environment', async () => {
    process.env.PATCHBAY_SECRET_FOR_TEST = 'leaked'
    const { stdout } = await processes.run(sh('env'))
    delete process.env.PATCHBAY_SECRET_FOR_TEST

    const names = stdout.toString().trim().split('\n')
    const own = names.map((line) => line.split('=')[0]).filter((name) => name !== '_')
    expect(
      own.filter(
        (name) => !['PATH', 'HOME', 'PWD', 'LC_ALL', 'SHLVL', 'OLDPWD'].includes(name ?? ''),
      ),
    ).toEqual([])
    expect(names).toContain('LC_ALL=C.UTF-8')
  })

  it('runs tools below its own priority', async () => {
    const { pid } = await startWaiting(processes.run)

    expect(getPriority(pid)).toBe(10)
  })

  it('accepts the exit codes it is told to', async () => {
    const { exitCode } = await processes.run(sh('exit 3', { okCodes: [0, 3] }))

    expect(exitCode).toBe(3)
  })

  it('tells what failed, how and the last it said', async () => {
    const error = await failureOf(
      processes.run(sh('echo first >&2; echo "no such thing" >&2; exit 2')),
    )

    expect(error.message).toBe('sh: failed with exit code 2: no such thing')
    expect(error).toMatchObject({ tool: 'sh', exitCode: 2, stderr: 'first\nno such thing\n' })
    expect(error.command).toBe(`sh -c 'echo first >&2; echo "no such thing" >&2; exit 2'`)
  })

  it('tells which signal killed a tool', async () => {
    const error = await failureOf(processes.run(sh('kill -9 $$')))

    expect(error.message).toBe('sh: was killed by SIGKILL')
    expect(error.exitCode).toBeNull()
  })

  it.each([
    ['bytes', Buffer.alloc(9)],
    ['a file', { path: import.meta.filename }],
    ['nothing', undefined],
  ])('says what is not installed and where it looked, given %s', async (_name, input) => {
    const error = await failureOf(
      processes.run({ ...node(''), tool: 'sox', command: '/nowhere/sox', input }),
    )

    expect(error.message).toBe('sox: sox is not installed (looked for /nowhere/sox)')
    expect(error.cause).toMatchObject({ code: 'ENOENT' })
    expect(processes.stats().running).toBe(0)
  })

  it('says when a command may not be run', async () => {
    const error = await failureOf(
      processes.run({ ...node(''), tool: 'sox', command: '/etc/passwd' }),
    )

    expect(error.message).toBe('sox: sox may not be run (no permission for /etc/passwd)')
  })

  it('says when the system refuses the arguments', async () => {
    const error = await failureOf(processes.run(sh('x'.repeat(3_000_000))))

    expect(error.message).toBe('sh: sh could not be started (E2BIG)')
    expect(processes.stats().running).toBe(0)
  })

  it('reports progress line by line, carriage returns included', async () => {
    const lines: string[] = []

    const { stderr } = await processes.run(
      sh(`printf 'one\\rtwo\\r\\nthr' >&2; printf 'ee' >&2`, {
        onStderr: (line) => lines.push(line),
      }),
    )

    expect(lines).toEqual(['one', 'two', 'three'])
    expect(stderr).toBe('one\rtwo\r\nthree')
  })

  it('keeps the end of a long complaint and not all of it', async () => {
    const { stderr } = await processes.run(sh('yes complaint | head -c 1000000 >&2; echo last >&2'))

    expect(stderr.length).toBeLessThan(20_000)
    expect(stderr.endsWith('last\n')).toBe(true)
  })

  it('logs the command line before it runs', async () => {
    const lines: string[] = []
    const log = createLog({ level: 'debug', write: (line) => lines.push(line) })
    const logged = createProcesses({ scope, log })

    await logged.run(sh('exit 0'))

    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'debug', command: "sh -c 'exit 0'" })
  })
})

describe('stream', () => {
  it('hands out what the tool writes, and ends with it', async () => {
    const { stdout, ended } = processes.stream(sh('printf abc'))

    expect(await text(stdout)).toBe('abc')
    expect(await ended).toEqual({ stderr: '', exitCode: 0 })
  })

  it('loses nothing when it is read slowly and the tool has long ended', async () => {
    const { stdout } = processes.stream(sh('head -c 300000 /dev/zero'))
    await sleep(300)
    let size = 0

    for await (const chunk of stdout as AsyncIterable<Buffer>) {
      size += chunk.length
      await sleep(20)
    }

    expect(size).toBe(300_000)
  })

  it('holds the tool back when nobody reads', async () => {
    const { stdout } = processes.stream(sh('yes'))
    await sleep(300)

    expect(stdout.readableLength).toBeLessThan(1_000_000)

    stdout.destroy()
    await until(() => processes.stats().running === 0)
  })

  it('fails its reader as the tool fails', async () => {
    const { stdout, ended } = processes.stream(sh('printf partial; echo bad >&2; exit 4'))

    await expect(text(stdout)).rejects.toThrow('sh: failed with exit code 4: bad')
    await expect(ended).rejects.toThrow('exit code 4')
  })

  it('fails its reader when the tool is missing', async () => {
    const { stdout } = processes.stream({ ...sh(''), command: 'no-such-tool' })

    await expect(text(stdout)).rejects.toThrow('not installed')
  })

  it('bothers nobody with a failure nobody reads', async () => {
    const { ended } = processes.stream(sh('exit 1'))

    await expect(ended).rejects.toThrow('exit code 1')
  })

  it('stops the tool when its reader leaves', async () => {
    let pid = 0
    const { stdout, ended } = processes.stream(
      sh('echo $$ >&2; exec yes', { onStderr: (line) => (pid = Number(line)) }),
    )

    for await (const chunk of stdout as AsyncIterable<Buffer>) {
      await until(() => pid > 0)
      if (chunk.length > 0) break
    }

    await expect(ended).rejects.toSatisfy(isAbort)
    await until(() => pid > 0 && !isAlive(pid))
  })
})
