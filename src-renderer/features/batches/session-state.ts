import { create } from 'zustand'
import type { SplitOptions } from '#contract/batches'
import type { Library } from './queries.ts'
import type { TakeRow } from './take-rows.ts'

type SessionState = {
  /** Of the file that is open. */
  sourceId: string | undefined
  name: string
  options: SplitOptions
  library: Library
  language: string
  /** What was put right by hand, for the takes that `key` stands for. */
  edits: { key: string; rows: readonly TakeRow[] } | undefined
  active: number
  jobId: string | undefined
}

const standardOptions: SplitOptions = {
  threshold_dbfs: -45,
  silence_ms: 700,
  least_take_ms: 200,
  head_ms: 100,
  tail_ms: 200,
}

export const useStudioSession = create<SessionState>(() => ({
  sourceId: undefined,
  name: '',
  options: standardOptions,
  library: 'account',
  language: '',
  edits: undefined,
  active: 0,
  jobId: undefined,
}))

export const openSource = (sourceId: string | undefined, name: string): void =>
  useStudioSession.setState({ sourceId, name, edits: undefined, active: 0, jobId: undefined })

export const changeOptions = (change: Partial<SplitOptions>): void =>
  useStudioSession.setState(({ options }) => ({ options: { ...options, ...change } }))
