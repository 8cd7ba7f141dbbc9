import { useQuery } from '@tanstack/react-query'
import { clockText } from '../../../lib/duration.ts'
import { openPage } from '../../../lib/route.ts'
import { Button } from '../../../ui/button.tsx'
import { useBoard } from '../board/board-store.ts'
import { recordingQuery } from './queries.ts'
import type { RecordedAt } from './recordings.ts'

/** Leads to this moment in the recording, or says why nothing does. */
export const OpenRecording = ({ at }: { at: RecordedAt }) => {
  const isGoingOn = useBoard(
    ({ instanceId, isRecording }) => !at.hasEnded && isRecording && instanceId === at.instanceId,
  )
  const { data, isPending, error } = useQuery({
    ...recordingQuery(at.recordingId),
    enabled: !isGoingOn,
  })
  const place = clockText(at.ms)
  if (isGoingOn)
    return (
      <p className="muted">
        At {place} of the recording that goes on. It can be opened once that has stopped.
      </p>
    )
  if (isPending) return null
  if (error) return <p className="muted">Its recording could not be looked up: {error.message}</p>
  if (data === null)
    return <p className="muted">At {place} of a recording that is not in the library.</p>
  const { mediaId, isEdited } = data
  return (
    <>
      {isEdited ? (
        <p className="muted">Its recording was edited since, so that its place is not known.</p>
      ) : null}
      <Button
        onPress={() =>
          openPage('editor', { media: mediaId, at: isEdited ? undefined : `${Math.round(at.ms)}` })
        }
      >
        {isEdited ? 'Open the recording' : `Open in the recording at ${place}`}
      </Button>
    </>
  )
}
