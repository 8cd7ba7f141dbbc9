import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { invalid } from '../../platform/errors.ts'
import { withZip, type ZipLimits } from '../../platform/zip.ts'

/** A file of a pack, wherever it comes from. `path` is relative with `/`. */
export type SourceFile = { path: string; size: number; read: () => Promise<Buffer> }

const maximumDepth = 12

const unusable = (path: string, message: string) =>
  invalid({ path: { invalid: { message, cause: path } } })

/** Checks a local path before a job is made of it. Throws a validation error naming what is wrong. */
export const checkPackPath = async (path: string): Promise<'folder' | 'zip'> => {
  if (!isAbsolute(path) || path.includes('\0')) throw unusable(path, 'The path must be absolute')
  const found = await stat(path).catch(() => undefined)
  if (!found) throw unusable(path, 'There is nothing at this path')
  if (found.isDirectory()) return 'folder'
  if (found.isFile() && path.toLowerCase().endsWith('.zip')) return 'zip'
  throw unusable(path, 'The path must be a folder or a zip')
}

/** Every regular file below a folder. Links are not followed: they may lead anywhere. */
const listFolder = async (
  root: string,
  limits: ZipLimits,
  signal: AbortSignal,
): Promise<SourceFile[]> => {
  const files: SourceFile[] = []
  const visit = async (folder: string, depth: number): Promise<void> => {
    signal.throwIfAborted()
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth < maximumDepth) await visit(path, depth + 1)
      if (!entry.isFile()) continue
      if (files.length >= limits.maximumEntries) {
        throw unusable(root, `The folder holds more than ${limits.maximumEntries} files`)
      }
      const { size } = await stat(path)
      const name = relative(root, path).split(sep).join('/')
      files.push({ path: name, size, read: () => readFile(path) })
    }
  }
  await visit(root, 0)
  return files
}

/** Runs `use` with the files of a folder or zip, in the order of their paths. */
export const withPack = async <T>(
  pack: { path: string; kind: 'folder' | 'zip' },
  options: { limits: ZipLimits; signal: AbortSignal },
  use: (files: SourceFile[]) => Promise<T>,
): Promise<T> => {
  const inOrder = (files: SourceFile[]) => use(files.sort((a, b) => (a.path < b.path ? -1 : 1)))
  return pack.kind === 'zip'
    ? withZip(pack.path, options.limits, inOrder)
    : inOrder(await listFolder(pack.path, options.limits, options.signal))
}
