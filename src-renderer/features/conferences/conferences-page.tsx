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
import { firstToOpen, fits, sorted, titleOf, type ConferenceRow } from './conference-text.ts'
import { useConferencesState } from './conferences-state.ts'
import { addConference } from './forms/use-conference-actions.ts'
import { HowToGetIn } from './how-to-get-in.tsx'
import { listQuery } from './queries.ts'
import { startRoomAlerts } from './room-alerts.ts'
import { Rooms } from './rooms.tsx'
import './conferences-page.css'

const group = 'Conferences'

/** From one conference to the next, as the list shows them. */
const useStepCommands = (rooms: readonly ConferenceRow[], open: ConferenceRow | undefined) => {
  const step = (by: number) => {
    const index = rooms.findIndex(({ id }) => id === open?.id)
    const next = rooms[Math.min(Math.max(index + by, 0), rooms.length - 1)]
    if (next) replaceParams({ conference: next.id })
  }
  useCommand({
    ...{ id: 'conferences.next', title: 'Next conference', group, keys: ']' },
    run: () => step(1),
  })
  useCommand({
    ...{ id: 'conferences.previous', title: 'Previous conference', group, keys: '[' },
    run: () => step(-1),
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

const Nothing = () => (
  <EmptyState
    icon="conferences"
    title="No conferences yet"
    actions={
      <Button variant="primary" onPress={addConference}>
        <Icon name="add" />
        New conference…
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
  const list = useQuery({ ...listQuery, refetchOnMount: 'always' })
  const { data: all, error, isFetching, isFetchedAfterMount } = list
  const { page, params } = useRoute()
  const search = useConferencesState((state) => state.search.trim())
  const rooms = useMemo(() => sorted(all ?? []), [all])
  const shown = useMemo(
    () => rooms.filter((conference) => search === '' || fits(conference, search)),
    [rooms, search],
  )
  // The address names what was chosen; one that was made by a call leaves the list when it ends. Nothing is chosen by an
  // old list: what it shows as running may have ended, and what runs now may be idle in it.
  const isFresh = isFetchedAfterMount || !isFetching
  const openId = params.conference ?? (isFresh ? firstToOpen(rooms)?.id : undefined)
  const open = rooms.find(({ id }) => id === openId)
  const title = open ? titleOf(open) : (openId ?? '')
  useStepCommands(shown, open)
  useCrumbs(open ? [title] : [])
  // Another sort order must not take the board away from who looks at it.
  useEffect(() => {
    // This page is drawn once more under the address of the next one, which is none of its business.
    if (page === 'conferences' && params.conference === undefined && openId !== undefined)
      replaceParams({ conference: openId })
  }, [page, params.conference, openId])

  if (!all) {
    return error ? (
      <EmptyState icon="warning" title="The conferences could not be loaded">
        <p>{error.message}</p>
      </EmptyState>
    ) : null
  }
  return (
    <div className="conferences">
      <Rooms rooms={shown} total={all.length} currentId={openId} />
      {openId !== undefined ? (
        <Board key={openId} id={openId} title={title} about={<HowToGetIn conference={open} />} />
      ) : isFresh ? (
        <Nothing />
      ) : null}
      <ConferenceDialogs open={open} />
    </div>
  )
}
