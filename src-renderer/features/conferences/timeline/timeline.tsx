import { useState } from 'react'
import { openPage } from '../../../lib/route.ts'
import { saveBlob } from '../../../lib/save-blob.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { useToasts } from '../../../ui/toast-store.ts'
import { VirtualTable, type Column } from '../../../ui/virtual-table.tsx'
import { useClock } from '../board/board-clock.ts'
import { useBoard } from '../board/board-store.ts'
import { BookmarkDialog, useBookmarks, wordless } from './bookmarks.tsx'
import { lineFilters, type EventLine, type LineFilter } from './event-line.ts'
import { fullTimeText, momentLine, says, sentenceOf, timeText } from './moment-text.ts'
import type { Moment } from './moment.ts'
import type { Names } from './names.ts'
import { OpenRecording } from './open-recording.tsx'
import { loadCsv } from './queries.ts'
import { recordedAt } from './recordings.ts'
import { Report } from './report.tsx'
import { showGroup, useTimeline } from './timeline-state.ts'
import { useMoments, useNames } from './use-moments.ts'
import './timeline.css'

const groupTitles: Readonly<Record<LineFilter, string>> = {
  talking: 'Talking',
  people: 'People',
  room: 'Room',
  commands: 'Asked',
  problems: 'Problems',
}

const Filters = () => {
  const hidden = useTimeline((state) => state.hidden)
  const words = useTimeline((state) => state.words)
  return (
    <div className="timeline-filters" role="group" aria-label="What the timeline shows">
      {lineFilters.map((group) => (
        <Chip
          key={group}
          pressed={!hidden.has(group)}
          onChange={(isShown) => showGroup(group, isShown)}
        >
          {groupTitles[group]}
        </Chip>
      ))}
      <SearchField
        label="Find who or what"
        value={words}
        onChange={(next) => useTimeline.setState({ words: next })}
      />
    </div>
  )
}

const Line = ({ line, times }: { line: EventLine; times: number }) => (
  <span className={`timeline-line timeline-${line.tone}`} title={sentenceOf(line)}>
    {line.group === 'bookmarks' ? <span className="timeline-mark">Bookmark</span> : null}
    {line.who === undefined ? null : (
      <>
        <bdi className="timeline-who">{line.who}</bdi>{' '}
      </>
    )}
    {line.group === 'bookmarks' && line.text === wordless ? null : line.text}
    {line.by === undefined ? null : <span className="timeline-by"> {line.by}</span>}
    {times > 1 ? <span className="timeline-times"> {times} ×</span> : null}
  </span>
)

const columnsFor = (names: Names, today: string, timeWidth: string): readonly Column<Moment>[] => [
  {
    id: 'time',
    title: 'Time',
    width: timeWidth,
    cell: ({ atMs }) => <span className="mono timeline-time">{timeText(atMs, today)}</span>,
  },
  {
    id: 'what',
    title: 'What happened',
    width: 'minmax(0, 1fr)',
    cell: (moment) => (
      <Line line={momentLine(moment, names)} times={moment.kind === 'event' ? moment.times : 1} />
    ),
  },
]

/** The line under the cursor, all of it, and where it leads. */
const Detail = ({
  moment,
  all,
  names,
}: {
  moment: Moment
  all: readonly Moment[]
  names: Names
}) => {
  const line = momentLine(moment, names)
  const recorded = recordedAt(moment, all.toReversed())
  const { who } = line
  return (
    <div className="timeline-detail">
      <p className="timeline-sentence">
        <span className="muted">{fullTimeText(moment.atMs)}</span>
        <br />
        {sentenceOf(line)}
      </p>
      <div className="timeline-leads">
        {recorded ? <OpenRecording at={recorded} /> : null}
        {who === undefined ? null : (
          <Button variant="quiet" onPress={() => useTimeline.setState({ words: who })}>
            Only <bdi>{who}</bdi>
          </Button>
        )}
        {line.promptId === undefined ? null : (
          <Button onPress={() => openPage('prompts', { prompt: line.promptId })}>
            Show the prompt
          </Button>
        )}
      </div>
    </div>
  )
}

type Held = {
  moments: readonly Moment[]
  /** So many are newer. */
  waiting: number
  hold: () => void
  release: () => void
}

/** While somebody reads in the list nothing moves: what is new waits above it. */
const useHeldMoments = (moments: readonly Moment[]): Held => {
  const [heldId, setHeldId] = useState<string>()
  const index = heldId === undefined ? -1 : moments.findIndex(({ id }) => id === heldId)
  const waiting = Math.max(0, index)
  return {
    moments: waiting > 0 ? moments.slice(waiting) : moments,
    waiting,
    hold: () => setHeldId((before) => before ?? moments[0]?.id),
    release: () => setHeldId(undefined),
  }
}

const Tools = ({ conferenceId, title }: { conferenceId: string; title: string }) => {
  const isRunning = useBoard(({ phase }) => phase === 'running')
  const { bookmark } = useBookmarks(conferenceId)
  const exportCsv = () =>
    void loadCsv(conferenceId).then(
      (csv) => saveBlob(csv, `${title} timeline.csv`),
      (error: unknown) =>
        useToasts.getState().show({
          tone: 'bad',
          text: error instanceof Error ? error.message : String(error),
        }),
    )
  return (
    <div className="timeline-tools">
      <Button
        variant="quiet"
        command="conferences.bookmark"
        isDisabled={!isRunning}
        onPress={() => bookmark()}
      >
        Bookmark
      </Button>
      <Menu
        label="Timeline"
        entries={[
          {
            id: 'name',
            label: 'Bookmark with a text…',
            icon: 'edit',
            command: 'conferences.bookmark-text',
            isDisabled: !isRunning,
            run: () => useTimeline.setState({ isNaming: true }),
          },
          { id: 'csv', label: 'Export as CSV', icon: 'download', run: exportCsv },
          {
            id: 'print',
            label: 'Print a report…',
            icon: 'file',
            run: () => useTimeline.setState({ isPrinting: true }),
          },
        ]}
      >
        <IconButton icon="more" label="More about the timeline" />
      </Menu>
    </div>
  )
}

const noneText = (words: string, isAny: boolean) =>
  words.trim() === ''
    ? isAny
      ? 'Nothing of this kind has happened yet.'
      : 'Nothing has happened here yet. Who comes and goes, what is asked for and what fails will stand here.'
    : `Nothing of this kind says “${words.trim()}”.`

/** Everything that happened in a conference and was asked of it, newest first. */
export const Timeline = ({ conferenceId, title }: { conferenceId: string; title: string }) => {
  const { moments: all, known, error, isComplete, more } = useMoments(conferenceId)
  const names = useNames(known)
  const { activeId, isNaming, isPrinting, words } = useTimeline()
  const wanted = words.trim() === '' ? all : all.filter((moment) => says(moment, names, words))
  const { moments, waiting, hold, release } = useHeldMoments(wanted)
  const today = useClock(({ nowMs }) => new Date(nowMs).toDateString())
  const isOfToday = (moment: Moment | undefined) =>
    moment === undefined || new Date(moment.atMs).toDateString() === today
  const active = moments.find(({ id }) => id === activeId)
  return (
    <section className="timeline" aria-labelledby="timeline-title">
      <header className="timeline-head">
        <h3 id="timeline-title" className="section-title">
          Timeline
        </h3>
        {waiting > 0 ? (
          <Button variant="quiet" onPress={release}>
            {waiting} new
          </Button>
        ) : null}
        <Tools conferenceId={conferenceId} title={title} />
      </header>
      <Filters />
      <div
        className="timeline-list"
        onPointerEnter={hold}
        onPointerLeave={(event) => {
          if (!event.currentTarget.contains(document.activeElement)) release()
        }}
        onFocus={hold}
        onBlur={release}
      >
        {moments.length === 0 ? (
          <p className="timeline-none muted">
            {error ? error.message : noneText(words, known.length > 0)}
          </p>
        ) : (
          <VirtualTable
            label="Timeline"
            columns={columnsFor(names, today, isOfToday(moments.at(-1)) ? '78px' : '104px')}
            rows={moments}
            rowId={({ id }) => id}
            isComplete={isComplete}
            activeId={activeId}
            onActivate={(id) => useTimeline.setState({ activeId: id })}
            onOpen={(id) => useTimeline.setState({ activeId: id })}
            onEnd={more}
          />
        )}
      </div>
      {active ? <Detail moment={active} all={known} names={names} /> : null}
      {isNaming ? <BookmarkDialog conferenceId={conferenceId} /> : null}
      {isPrinting ? <Report conferenceId={conferenceId} title={title} /> : null}
    </section>
  )
}
