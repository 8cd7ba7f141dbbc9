import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { MOST_ENTRIES, type BoardEntry } from '../board/board-state.ts'
import { useBoard } from '../board/board-store.ts'
import { nameOf } from '../board/row-order.ts'
import { atMostEvery } from '../board/at-most-every.ts'
import type { Moment } from './moment.ts'
import { groupsOf, momentsOf, namesIn } from './moments.ts'
import { isolated, type Names } from './names.ts'
import { historyQuery, useDeviceNames, useIsYou, useMediaNames } from './queries.ts'
import { useTimeline } from './timeline-state.ts'

type Heard = { readonly entries: readonly BoardEntry[]; readonly talk: readonly BoardEntry[] }

const heardNow = (): Heard => {
  const { entries, talkEntries: talk } = useBoard.getState()
  return { entries, talk }
}

/** Often enough to read along; a busy room changes with every frame, and every line moves with each. */
const everyMs = 500

const useHeard = (): Heard => {
  const [heard, setHeard] = useState(heardNow)
  useEffect(() => {
    const look = () =>
      setHeard((before) => {
        const now = heardNow()
        return before.entries === now.entries && before.talk === now.talk ? before : now
      })
    const later = atMostEvery(everyMs, look)
    look()
    const stop = useBoard.subscribe((now, before) => {
      if (now.entries !== before.entries || now.talkEntries !== before.talkEntries) later.request()
    })
    return () => {
      stop()
      later.stop()
    }
  }, [])
  return heard
}

const none: readonly BoardEntry[] = []

export type Moments = {
  /** By the filters, newest first. */
  readonly moments: readonly Moment[]
  /** All that were read or heard, newest first. */
  readonly known: readonly Moment[]
  readonly error: Error | null
  readonly isComplete: boolean
  readonly more: () => void
}

/** What the timeline shows, by its filters. */
export const useMoments = (conferenceId: string): Moments => {
  const hidden = useTimeline((state) => state.hidden)
  const { entries, talk } = useHeard()
  const withTalk = !hidden.has('talking')
  const history = useInfiniteQuery(historyQuery(conferenceId, withTalk))
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = history

  // What was missed is on record, and so is what is too long ago to be kept here.
  const lastGap = entries.findLast(({ kind }) => kind === 'gap')?.id
  const isCut = entries.length >= MOST_ENTRIES || (withTalk && talk.length >= MOST_ENTRIES)
  useEffect(() => {
    if (lastGap !== undefined || isCut) void refetch()
  }, [lastGap, isCut, refetch])

  const known = useMemo(() => {
    const past = data?.pages.flat() ?? []
    return momentsOf(past, entries, withTalk ? talk : none).toReversed()
  }, [data, entries, talk, withTalk])
  const moments = useMemo(
    () =>
      known.filter((moment) =>
        groupsOf(moment).some((group) => group === 'bookmarks' || !hidden.has(group)),
      ),
    [known, hidden],
  )
  return {
    ...{ moments, known },
    error,
    isComplete: !hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
  }
}

const mediaId = /^[0-9a-f]{32}$/

const mediaIn = (moments: readonly Moment[]): readonly string[] => [
  ...new Set(
    moments.flatMap((moment) => {
      if (moment.kind === 'gap' || !('media_id' in moment.event)) return []
      const { media_id: id } = moment.event
      return mediaId.test(id) ? [id] : []
    }),
  ),
]

/** What a signed address proves is nobody's business. */
const withoutQuery = (reference: string) => reference.replace(/\?.*$/, '?…')

/** `vm-hello` of `en-us%2Fvm-hello` and of `prompt://…/vm-hello/en-us`. */
const promptName = (reference: string): string | undefined =>
  /^[a-z-]+%2F(.+)$/i.exec(reference)?.[1] ?? /^prompt:\/\/[^/]+\/([^/]+)/.exec(reference)?.[1]

export const useNames = (moments: readonly Moment[]): Names => {
  const told = useMemo(() => namesIn(moments), [moments])
  const devices = useDeviceNames()
  const media = useMediaNames(mediaIn(moments))
  const isYou = useIsYou()
  const { participants, keyById, instanceId } = useBoard.getState()
  return {
    participant: (run, id) => {
      const known = told.get(`${run} ${id}`)
      if (known !== undefined) return known
      const row = run === instanceId ? participants.get(keyById.get(id) ?? '') : undefined
      return row ? isolated(nameOf(row)) : `participant ${id}`
    },
    media: (reference) =>
      isolated(media.get(reference) ?? promptName(reference) ?? withoutQuery(reference)),
    endpoint: (id) => isolated(devices.get(id) ?? id),
    isYou,
  }
}
