import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { replaceParams, useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useCommand } from '../../ui/use-command.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { startClock } from './board/board-clock.ts'
import { Board } from './board/board.tsx'
import { ConferenceDialogs } from './conference-dialogs.tsx'
import { fits, numbersOf, sorted, titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { listQuery } from './queries.ts'
import { startRoomAlerts } from './room-alerts.ts'
import { Rooms } from './rooms.tsx'
import './conferences-page.css'

const openDialog = (dialog: 'new' | 'edit' | 'remove') => () =>
  useConferencesState.setState({ dialog })

const group = 'Conferences'

/** `open` may be one that was made by a call: it has no document. */
const usePageCommands = (rooms: readonly ConferenceRow[], open: ConferenceRow | undefined) => {
  const hasDocument = open !== undefined && !open._read_only.is_ad_hoc
  const step = (by: number) => {
    const index = rooms.findIndex(({ id }) => id === open?.id)
    const next = rooms[Math.min(Math.max(index + by, 0), rooms.length - 1)]
    if (next) replaceParams({ conference: next.id })
  }
  useCommand({
    ...{ id: 'conferences.add', title: 'Add a conference…', group, keys: 'n' },
    run: openDialog('new'),
  })
  useCommand({
    ...{ id: 'conferences.next', title: 'Next conference', group, keys: ']' },
    run: () => step(1),
  })
  useCommand({
    ...{ id: 'conferences.previous', title: 'Previous conference', group, keys: '[' },
    run: () => step(-1),
  })
  useCommand({
    ...{ id: 'conferences.edit', title: 'Edit the conference…', group, keys: 'e' },
    when: hasDocument,
    run: openDialog('edit'),
  })
  useCommand({
    ...{ id: 'conferences.remove', title: 'Delete the conference…', group, keys: 'delete' },
    when: hasDocument,
    run: openDialog('remove'),
  })
}

const usePageServices = () => {
  useEffect(() => {
    const stops = [startClock(), startRoomAlerts()]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
}

const About = ({ conference }: { conference: ConferenceRow | undefined }) => {
  if (!conference) return null
  const numbers = numbersOf(conference)
  return numbers === '' ? (
    <p>It has no number yet: edit it to give it one, or dial people in.</p>
  ) : (
    <p>
      Dial <span className="mono">{numbers}</span> from a phone to get in.
    </p>
  )
}

const Nothing = () => (
  <EmptyState
    icon="conferences"
    title="No conferences yet"
    actions={
      <Button variant="primary" onPress={openDialog('new')}>
        <Icon name="add" />
        Add conference…
      </Button>
    }
  >
    <p>
      Give a conference a number, and every phone that can call this installation gets in by it.
      Here you see who is in it and who talks.
    </p>
  </EmptyState>
)

/** The account's conferences, and what happens in the one that is open. */
export const ConferencesPage = () => {
  usePageServices()
  const { data: all, error } = useQuery(listQuery)
  const { params } = useRoute()
  const search = useConferencesState((state) => state.search.trim())
  const rooms = useMemo(() => sorted(all ?? []), [all])
  const shown = useMemo(
    () => rooms.filter((conference) => search === '' || fits(conference, search)),
    [rooms, search],
  )
  const isPopOut = params.popout === '1'
  // The address names what was chosen; one that was made by a call leaves the list when it ends.
  const openId = params.conference ?? rooms[0]?.id
  const open = rooms.find(({ id }) => id === openId)
  const title = open ? titleOf(open) : (openId ?? '')
  usePageCommands(shown, open)
  useCrumbs(open ? [title] : [])
  // Another sort order must not take the board away from who looks at it.
  useEffect(() => {
    if (params.conference === undefined && openId !== undefined)
      replaceParams({ conference: openId })
  }, [params.conference, openId])

  if (!all) {
    return error ? (
      <EmptyState icon="warning" title="The conferences could not be loaded">
        <p>{error.message}</p>
      </EmptyState>
    ) : null
  }
  return (
    <div className={isPopOut ? 'conferences conferences-alone' : 'conferences'}>
      {isPopOut ? null : <Rooms rooms={shown} total={all.length} currentId={openId} />}
      {openId === undefined ? (
        <Nothing />
      ) : (
        <Board key={openId} id={openId} title={title} about={<About conference={open} />} />
      )}
      <ConferenceDialogs open={open} />
    </div>
  )
}
