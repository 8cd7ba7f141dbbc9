import { createHash } from 'node:crypto'
import { mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const address = (folder: string) => {
  const name = `patchbay-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const take = (file: string): boolean => {
  try {
    writeSync(openSync(file, 'wx'), String(process.pid))
    return true
  } catch {
    if (isAlive(Number(readFileSync(file, 'utf8')))) return false
    rmSync(file, { force: true })
    return take(file)
  }
}

/**
 * One process per folder. The first hears `onSecond`; a second gets false, and has told the first
 * when `told` settles.
 */
export const lockInstance = (folder: string, onSecond: () => void) => {
  mkdirSync(folder, { recursive: true })
  const first = take(join(folder, 'instance.pid'))
  if (first) {
    rmSync(address(folder), { force: true })
    const server = createServer((socket) => {
      socket.end()
      onSecond()
    })
    server.listen(address(folder)).unref()
    process.once('exit', () => rmSync(address(folder), { force: true }))
    return { first, told: Promise.resolve() }
  }
  const told = new Promise<void>((done) => {
    connect(address(folder))
      .on('close', () => done())
      .on('error', () => done())
      .resume()
  })
  return { first, told }
}
