import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { HistoryEntry } from '#contract/board'
import { clockText } from '../../../lib/duration.ts'
import { useToasts } from '../../../ui/toast-store.ts'
import { useBoard } from '../board/board-store.ts'
import { attendanceOf, type Attendance } from './attendance.ts'
import { fullTimeText, momentLine, sentenceOf } from './moment-text.ts'
import type { Moment } from './moment.ts'
import { groupsOf, momentsOf } from './moments.ts'
import { loadRun } from './queries.ts'
import { useTimeline } from './timeline-state.ts'
import { useNames } from './use-moments.ts'
import './report.css'

const close = () => useTimeline.setState({ isPrinting: false })

type Read = { history: readonly HistoryEntry[]; atMs: number }

const timeOf = (atMs: number | undefined) => (atMs === undefined ? '' : fullTimeText(atMs))

const People = ({ people, isOver }: { people: readonly Attendance[]; isOver: boolean }) => {
  const stay = isOver ? 'not known' : 'still there'
  return (
    <table>
      <thead>
        <tr>
          <th>Who</th>
          <th>Number</th>
          <th>From</th>
          <th>To</th>
          <th>Talked</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.id}>
            <td>
              <bdi>{person.name}</bdi>
              {person.isModerator ? ' (moderator)' : ''}
            </td>
            <td>
              <bdi>{person.number}</bdi>
            </td>
            <td>{timeOf(person.joinedMs)}</td>
            <td>{person.leftMs === undefined ? stay : timeOf(person.leftMs)}</td>
            <td>
              {clockText(person.talkedMs)}, {person.turns} ×
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Lines = ({ moments }: { moments: readonly Moment[] }) => {
  const names = useNames(moments)
  return (
    <table>
      <tbody>
        {moments
          .filter((moment) => !groupsOf(moment).includes('talking'))
          .map((moment) => {
            const line = momentLine(moment, names)
            return (
              <tr key={moment.id}>
                <td className="report-time">{fullTimeText(moment.atMs)}</td>
                <td>
                  {line.group === 'bookmarks' ? <strong>Bookmark: </strong> : null}
                  {sentenceOf(line)}
                </td>
              </tr>
            )
          })}
      </tbody>
    </table>
  )
}

/** One run on paper: opens the print dialog when all of it is there, and goes when that closes. */
export const Report = ({ conferenceId, title }: { conferenceId: string; title: string }) => {
  const instanceId = useBoard((state) => state.instanceId)
  const gaps = useBoard((state) => state.entries).filter(({ kind }) => kind === 'gap')
  const [read, setRead] = useState<Read>()
  useEffect(() => {
    loadRun(conferenceId, instanceId)
      .then((history) => setRead({ history, atMs: Date.now() }))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        useToasts.getState().show({ tone: 'bad', text: `No report: ${reason}` })
        close()
      })
  }, [conferenceId, instanceId])
  useEffect(() => {
    if (!read) return
    window.addEventListener('afterprint', close, { once: true })
    window.print()
    return () => window.removeEventListener('afterprint', close)
  }, [read])
  if (!read) return null
  const moments = momentsOf(read.history, gaps)
  const [first, last] = [moments[0], moments.at(-1)]
  const isOver = instanceId === undefined
  return createPortal(
    <article className="report" aria-hidden="true">
      <h1>{title}</h1>
      <p>
        {first && last ? `${fullTimeText(first.atMs)} to ${fullTimeText(last.atMs)}. ` : ''}
        Printed {fullTimeText(read.atMs)}.
      </p>
      <h2>Who was there</h2>
      <People
        people={attendanceOf(moments, isOver ? (last?.atMs ?? 0) : read.atMs)}
        isOver={isOver}
      />
      <h2>What happened</h2>
      <Lines moments={moments} />
    </article>,
    document.body,
  )
}
