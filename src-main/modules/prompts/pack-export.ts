import type { Readable } from 'node:stream'
import type { Blobs } from '../../platform/blobs/blobs.ts'
import type { Reader } from '../../platform/sqlite/sqlite.ts'
import { zipStream, type ZipSource } from '../../platform/zip.ts'
import { extensionFor, folderOf } from './pack-layout.ts'
import { serialiseScripts } from './script-file.ts'
import { readOriginals, readScripts, scriptLanguages } from './store.ts'

/**
 * A library's prompts as a zip in the kazoo-core layout: originals and scripts, the same bytes that came
 * in. `languages` undefined means all; the list beside the language folders always goes along.
 */
export const exportPack = (
  { db, blobs }: { db: Reader; blobs: Blobs },
  accountId: string,
  languages: readonly string[] | undefined,
): Readable => {
  const isWanted = (language: string) => languages?.includes(language) ?? true
  const scripts = scriptLanguages(db, accountId)
    .filter((language) => language === '' || isWanted(language))
    .map((language): ZipSource => {
      const text = serialiseScripts(readScripts(db, accountId, language))
      return { path: `${folderOf(language)}/prompts.txt`, bytes: Buffer.from(text) }
    })
  const originals = readOriginals(db, accountId).filter(({ language }) => isWanted(language))
  const sounds = originals.map(({ language, promptId, blob, filename, container }): ZipSource => {
    const name = `${promptId}.${extensionFor(filename, container)}`
    return { path: `${folderOf(language)}/${name}`, file: blobs.pathOf(blob) }
  })
  const zip = zipStream([...scripts, ...sounds].sort((a, b) => (a.path < b.path ? -1 : 1)))
  // What is replaced while the zip is read stays until the reader is done, or gone.
  zip.once('close', blobs.hold(originals.map(({ blob }) => blob)))
  return zip
}
