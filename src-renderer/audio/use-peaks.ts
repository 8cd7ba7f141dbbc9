import { useCallback, useEffect, useState } from 'react'
import { parsePeaks, type Peaks } from './peaks.ts'

export type LoadPeaks = () => Promise<ArrayBuffer>

type Outcome =
  { status: 'loading' } | { status: 'ready'; peaks: Peaks } | { status: 'failed'; reason: string }

const loading: Outcome = { status: 'loading' }

const outcomeOf = async (load: LoadPeaks): Promise<Outcome> => {
  try {
    return { status: 'ready', peaks: parsePeaks(await load()) }
  } catch (error) {
    return { status: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

/** The peaks behind `load`, loaded again when `load` is another function. */
export const usePeaks = (load: LoadPeaks): { outcome: Outcome; retry: () => void } => {
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<{ load: LoadPeaks; attempt: number; outcome: Outcome }>()

  useEffect(() => {
    let isCurrent = true
    void outcomeOf(load).then((outcome) => {
      if (isCurrent) setAnswer({ load, attempt, outcome })
    })
    return () => {
      isCurrent = false
    }
  }, [load, attempt])

  const isAnswered = answer?.load === load && answer.attempt === attempt
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { outcome: isAnswered ? answer.outcome : loading, retry }
}
