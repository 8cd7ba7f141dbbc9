import type { ReactNode } from 'react'
import { clockText } from '../../../lib/duration.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useNoise, useRowClock } from './board-clock.ts'
import type { BoardRow, ParticipantKey } from './board-state.ts'
import {
  useBoard,
  useBoardView,
  useLatestAction,
  useParticipant,
  useParticipantFact,
} from './board-store.ts'
import { nameOf } from './row-order.ts'
import { useShownOrder } from './shown-order.ts'
import { quietMsAt, talkShareAt } from './talk-time.ts'

type Cell = { id: ParticipantKey }

/** Of who is there, or was until a moment ago. */
const useRow = (id: ParticipantKey): { row: BoardRow | undefined; hasLeft: boolean } => {
  const row = useParticipant(id)
  const left = useShownOrder((state) => state.left.get(id))
  return { row: row ?? left, hasLeft: row === undefined }
}

/** How somebody stands, in words. */
const stateWords = ({ showsTalking, speak, hear, muteDetect }: BoardRow): string => {
  const words = [
    ...(speak ? [showsTalking ? 'talking' : 'quiet'] : [muteDetect ? 'muted, talks' : 'muted']),
    ...(hear ? [] : ['deaf']),
  ]
  return words.join(', ')
}

export const TalkCell = ({ id }: Cell) => {
  const { row, hasLeft } = useRow(id)
  if (!row) return null
  const words = hasLeft ? 'left' : stateWords(row)
  const tone = hasLeft ? 'left' : !row.speak ? 'muted' : row.showsTalking ? 'on' : 'off'
  return (
    <span className={`talk talk-${tone}`} title={words}>
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

const Chip = ({ tone = 'plain', children }: { tone?: string; children: ReactNode }) => (
  <span className={`tag tag-${tone}`}>{children}</span>
)

const HeldKick = ({ id }: Cell) => {
  const kick = useLatestAction('kick', id)
  const leftMs = useRowClock(id, ({ nowMs }) => (kick?.dueMs ?? nowMs) - nowMs)
  if (kick?.status === 'held')
    return <Chip tone="bad">removed in {Math.max(0, Math.ceil(leftMs / 1000))} s</Chip>
  if (kick?.status === 'sent') return <Chip tone="bad">removing…</Chip>
  if (kick?.status === 'unconfirmed') return <Chip tone="warn">removal not confirmed</Chip>
  return null
}

export const NameCell = ({ id }: Cell) => {
  const { row, hasLeft } = useRow(id)
  const isNoisy = useNoise(({ noisy }) => noisy.has(id))
  const isSelected = useBoardView(({ selected }) => selected.has(id))
  if (!row) return null
  return (
    <>
      {isSelected ? <Icon name="check" size={13} /> : null}
      <bdi className={hasLeft ? 'truncate faint' : 'truncate'}>{nameOf(row)}</bdi>
      {hasLeft ? null : <HeldKick id={id} />}
      {isNoisy ? <Chip tone="warn">open mic?</Chip> : null}
      {row.muteDetect && !row.speak ? (
        // Its state says so, too: nobody is to hear it twice.
        <span aria-hidden="true" className="tag tag-warn">
          talks muted
        </span>
      ) : null}
      {hasLeft ? <Chip>left</Chip> : null}
      {row.isModerator ? <Chip>moderator</Chip> : null}
      {row.isGhost ? <Chip>hidden</Chip> : null}
      {row.floor && !hasLeft ? <Chip tone="on">floor</Chip> : null}
      {row.more?.onHold ? <Chip>on hold</Chip> : null}
    </>
  )
}

const numberOf = ({ number }: BoardRow) => number
/** Then it was said before. */
const isNamedSo = (row: BoardRow) => nameOf(row) === row.number

export const NumberCell = ({ id }: Cell) => {
  const number = useParticipantFact(id, numberOf)
  const left = useShownOrder((state) => state.left.get(id)?.number)
  const isName = useParticipantFact(id, isNamedSo)
  return (
    <bdi className="mono truncate faint" aria-hidden={isName === true}>
      {number ?? left}
    </bdi>
  )
}

const quietText = (ms: number | null): string => {
  if (ms === null) return '–'
  if (ms === 0) return 'now'
  const seconds = Math.round(ms / 1000)
  return seconds < 600 ? `${seconds} s` : clockText(ms)
}

/** As it is read aloud with its row, where no title of a column stands beside it; that somebody talks is their state. */
const quietWords = (text: string): string =>
  text === '–' ? 'has not talked' : text === 'now' || text === '' ? '' : `quiet for ${text}`

export const QuietCell = ({ id }: Cell) => {
  const row = useParticipant(id)
  const text = useRowClock(id, ({ asOfMs }) => (row ? quietText(quietMsAt(row, asOfMs)) : ''))
  return (
    <span className="mono muted">
      <span aria-hidden="true">{text}</span>
      <span className="visually-hidden">{quietWords(text)}</span>
    </span>
  )
}

/** Levels come five times a second: a share moves with the clock. */
export const ShareCell = ({ id }: Cell) => {
  const text = useRowClock(id, ({ asOfMs }) => {
    const { participants, levels } = useBoard.getState()
    const row = participants.get(id)
    return row ? `${Math.round(talkShareAt(row, levels.get(id), asOfMs) * 100)} %` : ''
  })
  if (text === '') return null
  return (
    <span className="mono">
      <span className="visually-hidden">talked </span>
      {text}
    </span>
  )
}

const joinedMsOf = ({ joinedMs }: BoardRow) => joinedMs

export const JoinedCell = ({ id }: Cell) => {
  const joinedMs = useParticipantFact(id, joinedMsOf)
  const text = useRowClock(id, ({ asOfMs }) =>
    joinedMs === undefined ? '' : clockText(Math.max(0, asOfMs - joinedMs)),
  )
  if (text === '') return null
  return (
    <span className="mono muted">
      <span className="visually-hidden">here for </span>
      {text}
    </span>
  )
}
