import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Measures } from '#contract/measures'

/** Rises with every change of what is measured or how: what was kept before is measured again. */
const VERSION = 1

type Kept = { version: number; measures: Measures }

/** What is kept in a file; undefined where there is nothing, or nothing of use. */
export const readKept = async (path: string): Promise<Measures | undefined> => {
  try {
    const kept = JSON.parse(await readFile(path, 'utf8')) as Partial<Kept> | null
    return kept?.version === VERSION ? kept.measures : undefined
  } catch {
    // Torn by a crash is as good as none.
    return undefined
  }
}

export const keep = async (path: string, measures: Measures): Promise<void> => {
  const temporary = `${path}.${randomUUID()}`
  try {
    await writeFile(temporary, JSON.stringify({ version: VERSION, measures } satisfies Kept))
    await rename(temporary, path)
  } catch {
    // A full disk costs the memory, not the answer.
    await rm(temporary, { force: true })
  }
}
