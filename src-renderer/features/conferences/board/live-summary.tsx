import { useEffect, useState } from 'react'
import { useBoard } from './board-store.ts'
import { every } from './every.ts'
import { heardOf, summaryOf } from './summary.ts'

/** A screen reader is told in sentences, and not more often than it can say them. */
const everyMs = 3000

export const LiveSummary = () => {
  const [text, setText] = useState('')
  useEffect(() => {
    let board = useBoard.getState()
    let heard = heardOf(board, undefined)
    return every(everyMs, () => {
      const now = useBoard.getState()
      if (now === board) return
      const next = heardOf(now, board)
      const summary = summaryOf(next, heard)
      board = now
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
