import { createHash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withZip } from '../platform/zip.ts'

const limits = { maximumBytes: 1e9, maximumEntries: 1e4, maximumRatio: 1000 }

/** SHA-256 of every file of a zip, by path. */
export const unzip = async (folder: string, bytes: Buffer): Promise<Record<string, string>> => {
  const path = join(folder, `${randomUUID()}.zip`)
  await writeFile(path, bytes)
  return withZip(path, limits, async (entries) => {
    const hashes: Record<string, string> = {}
    for (const entry of entries) {
      hashes[entry.path] = createHash('sha256')
        .update(await entry.read())
        .digest('hex')
    }
    return hashes
  })
}
