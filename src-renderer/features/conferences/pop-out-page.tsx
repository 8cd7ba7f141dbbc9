import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { startClock } from './board/board-clock.ts'
import { Board } from './board/board.tsx'
import { ConferenceDialogs } from './conference-dialogs.tsx'
import { titleOf, type ConferenceRow } from './conference-text.ts'
import { HowToGetIn } from './how-to-get-in.tsx'
import { listQuery } from './queries.ts'

/** As it was last listed: a conference that leaves the list keeps its name here. */
const useLastKnown = (listed: ConferenceRow | undefined) => {
  const [known, setKnown] = useState(listed)
  if (listed !== undefined && listed !== known) setKnown(listed)
  return listed ?? known
}

const Gone = ({ title }: { title: string | undefined }) => (
  <EmptyState
    icon="conferences"
    title={title === undefined ? 'There is no such conference' : `${title} was deleted`}
    actions={<Button onPress={() => window.close()}>Close the window</Button>}
  >
    <p>Nobody is in it, and nobody can call it any more.</p>
  </EmptyState>
)

/** One conference in a window of its own: its board, and nothing of the others. */
export const PopOutPage = () => {
  useEffect(startClock, [])
  const { data: all, error } = useQuery(listQuery)
  const { conference } = useRoute().params
  // Deleting it here takes it out of the address.
  const [id = ''] = useState(conference)
  const listed = all?.find((each) => each.id === id)
  const known = useLastKnown(listed)
  const title = known && titleOf(known)
  useEffect(() => {
    document.title = title === undefined ? 'Patchbay' : `${title} – Patchbay`
  }, [title])

  if (!all)
    return error ? (
      <EmptyState icon="warning" title="The conference could not be loaded">
        <p>{error.message}</p>
      </EmptyState>
    ) : null
  // One that a call made leaves the list when it ends, and may be called again.
  if (!known || (!listed && !known._read_only.is_ad_hoc)) return <Gone title={title} />
  return (
    <div className="conferences conferences-alone">
      <Board id={id} title={titleOf(known)} about={<HowToGetIn conference={listed} />} />
      <ConferenceDialogs open={listed} />
    </div>
  )
}
