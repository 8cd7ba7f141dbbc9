import { useEffect, useState } from 'react'
import { useNoise } from './board-clock.ts'
import { useBoard } from './board-store.ts'
import { every } from './every.ts'
import { heardOf, summaryOf } from './summary.ts'

/** A screen reader is told in sentences, and not more often than it can say them. */
const everyMs = 3000

export const LiveSummary = () => {
  const [text, setText] = useState('')
  useEffect(() => {
    let board = useBoard.getState()
    let { noisy } = useNoise.getState()
    let heard = heardOf(board, undefined, noisy)
    return every(everyMs, () => {
      const now = useBoard.getState()
      const found = useNoise.getState().noisy
      if (now === board && found === noisy) return
      const next = heardOf(now, board, found)
      const summary = summaryOf(next, heard)
      board = now
      noisy = found
      heard = next
      if (summary !== '') setText(summary)
    })
  }, [])
  return (
    <p role="status" className="visually-hidden">
      {text}
    </p>
  )
}
