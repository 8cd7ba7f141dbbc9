import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Matrix } from '#contract/studio'
import type { Source } from '#contract/sources'
import { useDebounced } from '../../ui/use-debounced.ts'
import { matrixQuery, splitQuery } from './queries.ts'
import { useStudioSession } from './session-state.ts'
import { idsOf, problemsOf, rowsOf, type TakeProblem, type TakeRow } from './take-rows.ts'

export type NumberedTake = TakeRow & {
  number: number
  promptId: string
  problem: TakeProblem | undefined
  /** What the prompt says in the source language. */
  text: string
  /** Its prompt has a file in the language already. */
  isReplacement: boolean
}

const heldStates: readonly string[] = ['recorded', 'spoken', 'unreadable']

const isHeld = ({ prompts }: Matrix, language: string) => {
  const held = new Set(
    prompts
      .filter(({ cells }) => heldStates.includes(cells[language]?.state ?? ''))
      .map(({ prompt_id: id }) => id),
  )
  return (id: string) => held.has(id)
}

/** The takes of the open session, as found and as put right, with the prompts they become. */
export const useTakes = (source: Source | undefined) => {
  const options = useDebounced(
    useStudioSession((state) => state.options),
    300,
  )
  const { library, language, edits } = useStudioSession()
  const isReady = source?.state === 'ready'
  const { data: matrix } = useQuery(matrixQuery(library))
  const found = useQuery({ ...splitQuery(source?.id ?? '', options), enabled: isReady })
  const key = JSON.stringify([source?.id, options])
  const rows = useMemo(() => {
    if (edits?.key === key) return edits.rows
    return found.isPlaceholderData ? [] : rowsOf(found.data ?? [])
  }, [edits, key, found.data, found.isPlaceholderData])
  const held = useMemo(() => (matrix ? isHeld(matrix, language) : () => false), [matrix, language])
  const promptIds = useMemo(() => (matrix?.prompts ?? []).map(({ prompt_id: id }) => id), [matrix])
  const texts = useMemo(
    () => new Map((matrix?.prompts ?? []).map(({ prompt_id: id, text }) => [id, text])),
    [matrix],
  )
  const takes = useMemo((): NumberedTake[] => {
    const missing = language === '' ? [] : promptIds.filter((id) => !held(id))
    const ids = idsOf(rows, missing)
    const problems = problemsOf(ids)
    return rows.map((row, index) => ({
      ...row,
      number: index + 1,
      promptId: ids[index] ?? '',
      problem: problems[index],
      text: texts.get(ids[index] ?? '') ?? '',
      isReplacement: held(ids[index] ?? ''),
    }))
  }, [rows, promptIds, held, texts, language])
  return {
    takes,
    matrix,
    promptIds,
    isFinding: isReady && (found.isFetching || found.isPlaceholderData),
    error: found.error,
    edit: (change: (rows: readonly TakeRow[]) => readonly TakeRow[]) =>
      useStudioSession.setState({ edits: { key, rows: change(rows) } }),
  }
}
