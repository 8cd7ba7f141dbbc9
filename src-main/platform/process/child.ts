import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { Readable, type Writable } from 'node:stream'
import type { ToolError } from '../errors.ts'
import { createTail } from './tail.ts'
import { startError, toolError, type ToolRequest } from './request.ts'

export type ToolEnd = { stderr: string; exitCode: number }

/** A started tool. It has ended when it is gone and its pipes are closed, not before. */
export type Child = {
  /** Missing when it was not asked for, or the system is out of files. */
  stdin: Writable | null
  stdout: Readable
  /** Rejects with a ToolError, or with the error `kill` was given. */
  ended: Promise<ToolEnd>
  /** Asks it to stop, and ends it the hard way 2 s later. */
  kill: (because: Error) => void
}

const TERMINATION_GRACE_MS = 2000
const inGroup = process.platform !== 'win32'
const passedOn =
  process.platform === 'win32' ? ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP'] : ['PATH', 'HOME']

// Nothing else of ours is a tool's business: settings, secrets and locale would change what it does.
const environment = (): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => passedOn.includes(name.toUpperCase()))
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8' }
}

/** Where a child reads: from a pipe of ours, from an open file, or nothing. */
export type Stdin = 'pipe' | 'ignore' | number

const start = (request: ToolRequest, stdin: Stdin): ChildProcess => {
  const options: SpawnOptions = {
    stdio: [stdin, 'pipe', 'pipe'],
    env: environment(),
    detached: inGroup, // leads its own group, so that what it starts is stopped with it
    windowsHide: true,
  }
  try {
    return spawn(request.command, request.args, options)
  } catch (error) {
    throw startError(request, error)
  }
}

// Best effort: a tool that has just ended has no priority, and some systems refuse.
const yieldToAudio = (pid: number | undefined) => {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It then runs at our own priority.
  }
}

const send = (child: ChildProcess, signal: NodeJS.Signals) => {
  if (child.pid === undefined) return
  try {
    if (inGroup) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // It is gone already.
  }
}

type Ending = { stderr: string; code: number | null; by: string | null }

const judge = (request: ToolRequest, { stderr, code, by }: Ending): ToolError | undefined => {
  if (code !== null && (request.okCodes ?? [0]).includes(code)) return undefined
  const how = code === null ? `was killed by ${by ?? 'a signal'}` : `failed with exit code ${code}`
  const said = stderr.trimEnd().split('\n').at(-1) ?? ''
  const reason = said === '' ? how : `${how}: ${said.trim()}`
  return toolError(request, { reason, exitCode: code, stderr })
}

/**
 * Starts a tool, or throws a ToolError. Everything is listened to before this returns: a child may
 * fail or end at the next turn of the event loop, so the caller has to attach to stdout at once, too.
 */
export const startChild = (request: ToolRequest, stdin: Stdin): Child => {
  const child = start(request, stdin)
  const stdout = child.stdout ?? Readable.from([]) // none when the system is out of files
  const tail = createTail(request.onStderr)
  let killedBecause: Error | undefined
  let over = false
  let hardKill: NodeJS.Timeout | undefined

  const ended = new Promise<ToolEnd>((resolve, reject) => {
    const finish = (): string => {
      over = true
      clearTimeout(hardKill)
      return tail.finish()
    }
    child.once('error', (error) => {
      finish()
      reject(startError(request, error))
    })
    child.once('close', (code, by) => {
      const stderr = finish()
      const failure = killedBecause ?? judge(request, { stderr, code, by })
      if (failure) reject(failure)
      else resolve({ stderr, exitCode: code ?? 0 })
    })
  })
  ended.catch(() => undefined)

  const pipes = [child.stdin, stdout, child.stderr]
  for (const pipe of pipes) pipe?.on('error', () => undefined) // EPIPE: its exit code tells
  child.stderr?.setEncoding('utf8').on('data', tail.push)
  if (Buffer.isBuffer(request.input)) child.stdin?.end(request.input)
  yieldToAudio(child.pid)

  const kill = (because: Error) => {
    if (killedBecause || over) return
    killedBecause = because
    send(child, 'SIGTERM')
    hardKill = setTimeout(() => send(child, 'SIGKILL'), TERMINATION_GRACE_MS)
    for (const pipe of pipes) pipe?.destroy()
  }
  return { stdin: child.stdin, stdout, ended, kill }
}
