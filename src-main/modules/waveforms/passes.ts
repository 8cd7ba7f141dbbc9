import type { PassDeps } from './pass-context.ts'
import { isWorkingCopy } from './pass-context.ts'
import { startPass, type Pass } from './pass.ts'

/** The passes that go on, shared by all who ask, and the last ones that ended. */
export type Passes = {
  of: (blob: string, isEditing: boolean) => Pass
  /** Uses a pass. Its files may go or move behind its back: then another one is made. */
  use: <T>(blob: string, isEditing: boolean, work: (pass: Pass) => Promise<T>) => Promise<T>
  /** Whether somebody's working copy is being made. */
  isEditing: (blob: string) => boolean
  drop: (blob: string) => void
  settled: () => Promise<void>
}

type Known = { pass: Pass; isEditing: boolean; ended: Promise<void> }

/** A pass that ended holds some kilobytes an hour. */
const MOST_KEPT = 32

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

const stateOf = ({ pass }: Known) => pass.reading.state().state

const canEdit = ({ pass, isEditing }: Known): boolean => {
  const stored = pass.stored()
  return isEditing || (stored !== undefined && isWorkingCopy(stored))
}

export const createPasses = (deps: PassDeps): Passes => {
  const known = new Map<string, Known>()
  const running = new Set<Promise<void>>()

  const prune = () => {
    for (const [blob, each] of known) {
      if (stateOf(each) === 'failed') known.delete(blob)
      else if (known.size > MOST_KEPT && stateOf(each) === 'ready') known.delete(blob)
    }
  }

  const start = (blob: string, isEditing: boolean): Pass => {
    // Both would write the same files.
    const before = known.get(blob)?.ended
    const { pass, ended } = startPass(deps, { blob, isEditing, before })
    const settled = ended.finally(() => {
      running.delete(settled)
      prune()
    })
    running.add(settled)
    known.delete(blob)
    known.set(blob, { pass, isEditing, ended: settled })
    return pass
  }

  const of: Passes['of'] = (blob, isEditing) => {
    const found = known.get(blob)
    if (!found || stateOf(found) === 'failed' || (isEditing && !canEdit(found))) {
      return start(blob, isEditing)
    }
    known.delete(blob) // the most recently used is the last to go
    known.set(blob, found)
    return found.pass
  }

  return {
    of,
    use: async (blob, isEditing, work) => {
      for (let attempt = 0; attempt < 2; attempt += 1) {
        try {
          return await work(of(blob, isEditing))
        } catch (error) {
          if (!isGone(error)) throw error
          // A file that got its final name meanwhile is found the second time.
          if (attempt === 1 && !running.has(known.get(blob)?.ended ?? Promise.resolve()))
            known.delete(blob)
        }
      }
      return work(of(blob, isEditing))
    },
    isEditing: (blob) => {
      const found = known.get(blob)
      return found !== undefined && found.isEditing && stateOf(found) === 'reading'
    },
    drop: (blob) => {
      const found = known.get(blob)
      if (found && stateOf(found) !== 'reading') known.delete(blob)
    },
    settled: async () => {
      await Promise.allSettled(running)
    },
  }
}
