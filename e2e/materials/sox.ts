import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const most = 64 * 2 ** 20

/** What sox itself makes of a file as a wav of 16 bits; nothing of the product takes part. */
export const sox = async (path: string, ...effects: string[]): Promise<Buffer> => {
  const args = ['-D', path, '-t', 'wav', '-e', 'signed', '-b', '16', '-', ...effects]
  return (await run('sox', args, { encoding: 'buffer', maxBuffer: most })).stdout
}

type Facts = { type: string; sampleRateHz: number; channels: number; encoding: string }

/** What sox says of a file. */
export const soxFacts = async (path: string): Promise<Facts> => {
  const ask = async (flag: string) => (await run('sox', ['--i', flag, path])).stdout.trim()
  return {
    type: await ask('-t'),
    sampleRateHz: Number(await ask('-r')),
    channels: Number(await ask('-c')),
    encoding: await ask('-e'),
  }
}
