import { createReadStream, createWriteStream } from 'node:fs'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { open, type Entry, type ZipFile } from 'yauzl'
import { ZipFile as ZipWriter } from 'yazl'

/** A file of a zip. `path` is relative, with `/`, and cannot leave the folder it is unpacked to. */
export type ZipEntry = { path: string; size: number; read: () => Promise<Buffer> }

export type ZipLimits = {
  /** Bytes of all entries unpacked. */
  maximumBytes: number
  maximumEntries: number
  /** Unpacked to packed size of the whole, above which a zip is taken for a bomb. */
  maximumRatio: number
}

/** A zip that cannot or must not be read; the message says why, for people. */
export class ZipError extends Error {}

const ratioSlackBytes = 16 * 1024 * 1024

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(
      path,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true },
      (error, zip) => {
        if (error) reject(new ZipError(`not a readable zip: ${error.message}`))
        else resolve(zip)
      },
    )
  })

const readEntry = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(new ZipError(`${entry.fileName}: ${error.message}`))
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        failed(error)
        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', failed)
      stream.on('end', () => resolve(Buffer.concat(chunks)))
    })
  })

const listEntries = (zip: ZipFile, limits: ZipLimits): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = []
    let unpacked = 0
    let packed = 0
    const check = (entry: Entry): string | undefined => {
      unpacked += entry.uncompressedSize
      packed += entry.compressedSize
      if (entries.length >= limits.maximumEntries) return `more than ${limits.maximumEntries} files`
      if (unpacked > limits.maximumBytes) return `more than ${limits.maximumBytes} bytes unpacked`
      if (unpacked > packed * limits.maximumRatio + ratioSlackBytes) {
        return `unpacks to over ${limits.maximumRatio} times its size`
      }
      if (entry.isEncrypted()) return `${entry.fileName} is encrypted`
      return undefined
    }
    zip.on('entry', (entry: Entry) => {
      const refusal = check(entry)
      if (refusal !== undefined) {
        reject(new ZipError(`refused this zip: ${refusal}`))
        return
      }
      if (!entry.fileName.endsWith('/')) entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', (error: Error) => reject(new ZipError(`refused this zip: ${error.message}`)))
    zip.readEntry()
  })

/**
 * Runs `use` with the files of a zip. Sizes are checked before anything is unpacked, and again by the
 * reader while it unpacks; names that point outside (`../`, absolute, backslashes) are refused.
 */
export const withZip = async <T>(
  path: string,
  limits: ZipLimits,
  use: (entries: ZipEntry[]) => Promise<T>,
): Promise<T> => {
  const zip = await openZip(path)
  try {
    const entries = await listEntries(zip, limits)
    return await use(
      entries.map((entry) => ({
        path: entry.fileName,
        size: entry.uncompressedSize,
        read: () => readEntry(zip, entry),
      })),
    )
  } finally {
    zip.close()
  }
}

/** A fixed time in every entry makes the same content the same zip. */
const entryTime = new Date('2020-01-01T00:00:00Z')

export type ZipSource = { path: string } & ({ file: string } | { bytes: Buffer })

/**
 * A zip of the sources in the order given, as a stream. It fails when a file cannot be read; destroying
 * it closes the file being read.
 */
export const zipStream = (sources: readonly ZipSource[]): Readable => {
  const zip = new ZipWriter()
  const output = zip.outputStream.pipe(new PassThrough())
  let reading: Readable | undefined
  // What nobody listens to is thrown, outside of any request.
  const fail = (error: Error) => output.destroy(error)
  zip.on('error', fail)
  output.once('close', () => reading?.destroy())
  for (const source of sources) {
    const options = { mtime: entryTime, mode: 0o100644, forceDosTimestamp: true }
    if ('bytes' in source) zip.addBuffer(source.bytes, source.path, options)
    else
      zip.addReadStreamLazy(source.path, options, (give) => {
        if (output.destroyed) return
        reading = createReadStream(source.file).on('error', fail)
        give(null, reading)
      })
  }
  zip.end()
  return output
}

/** Writes a stream to a new file, giving up beyond `limit` bytes. */
export const spool = async (source: Readable, path: string, limit: number): Promise<void> => {
  let size = 0
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > limit) throw new ZipError(`the pack is larger than ${limit} bytes`)
        yield chunk
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )
}
