import { parseArgs } from 'node:util'

/** What the command line of `serve` says; the defaults of the folder and the bundle are the caller's. */
export type ServeOptions = {
  port: number
  bind: string
  dataDir?: string
  socketPort?: number
  /** Wins over the port in the settings; 0 picks a free one. */
  sipPort?: number
}

/** KAZOO's own port, so that scripts written for it find us. */
const defaultPort = 8000

export const usage =
  'usage: npm run --silent serve -- [--port N] [--data DIR] [--sip-port N] [--bind ADDR] [--socket-port N]'

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const port = (flag: string, text: string): number => {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value <= 65535) return value
  throw new UsageError(`--${flag} wants a port number from 0 to 65535, not "${text}"`)
}

const filled = (flag: string, text: string): string => {
  if (text.trim() !== '') return text
  throw new UsageError(`--${flag} wants a value`)
}

const values = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        bind: { type: 'string' },
        'sip-port': { type: 'string' },
        'socket-port': { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

export const parseServeArgs = (args: readonly string[]): ServeOptions => {
  const given = values(args)
  const socketPort = given['socket-port']
  const sipPort = given['sip-port']
  return {
    port: given.port === undefined ? defaultPort : port('port', given.port),
    bind: given.bind === undefined ? '127.0.0.1' : filled('bind', given.bind),
    ...(given.data !== undefined && { dataDir: filled('data', given.data) }),
    ...(socketPort !== undefined && { socketPort: port('socket-port', socketPort) }),
    ...(sipPort !== undefined && { sipPort: port('sip-port', sipPort) }),
  }
}

/** The same flags among Chromium's own on the desktop's command line, where others are none of ours. */
export const parseDesktopArgs = (args: readonly string[]): ServeOptions => {
  const ours = ['--port', '--data']
  const picked = args.flatMap((arg, index) => {
    if (ours.some((flag) => arg.startsWith(`${flag}=`))) return [arg]
    const value = args[index + 1]
    return ours.includes(arg) && value !== undefined ? [arg, value] : []
  })
  return parseServeArgs(picked)
}

export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address)
