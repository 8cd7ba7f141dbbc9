import { useState } from 'react'
import type { EndpointResponse } from '#contract/dialling'
import { Button } from '../../../ui/button.tsx'
import { useBoard, useSentAction } from '../board/board-store.ts'
import { withdrawAction } from '../board/send-action.ts'
import { isOpen, type SentAction } from '../board/sent-action.ts'
import type { DialTarget } from './dial-endpoint.ts'
import {
  canStop,
  dialProgress,
  jobsOf,
  progressSummary,
  type LegProgress,
} from './dial-progress.ts'
import { Legs } from './legs.tsx'
import { useCallOff } from './use-call-off.ts'
import { useKnown } from './use-known.ts'
import './dial-dialog.css'

type Calls = {
  jobId: string
  /** Who was picked for it, besides those that are known. */
  targets: readonly DialTarget[]
  responses?: readonly EndpointResponse[] | undefined
}

const useLegs = ({ jobId, targets, responses }: Calls): readonly LegProgress[] => {
  const entries = useBoard((state) => state.entries)
  const known = useKnown()
  const nameOf = (endpoint: string) =>
    [...targets, ...known].find((each) => each.endpoint === endpoint)?.label ?? endpoint
  return dialProgress(jobId, entries, responses, nameOf)
}

const DialLegs = ({ jobId, legs }: { jobId: string; legs: readonly LegProgress[] }) => {
  const conferenceId = useBoard((state) => state.conferenceId)
  const callOff = useCallOff(conferenceId, jobId)
  return legs.length > 0 ? <Legs legs={legs} callOff={callOff} /> : null
}

/** What there is to say of a dial besides its calls. */
const Trouble = ({ action: { id, status, reason } }: { action: SentAction }) => {
  if (status === 'failed')
    return (
      <p role="alert" className="tone-bad">
        {reason}
      </p>
    )
  if (status === 'held')
    return (
      <div className="dial-waiting">
        <p className="muted" role="status">
          Waits for other calls: three are made at a time from here.
        </p>
        <Button onPress={() => withdrawAction(id)}>Do not call</Button>
      </div>
    )
  if (status === 'withdrawn') return <p role="status">Nobody was called.</p>
  return status === 'unconfirmed' ? (
    <p className="tone-warn">The server has not said anything about it for three seconds.</p>
  ) : null
}

type SentDialProps = { actionId: number; targets: readonly DialTarget[] }

/** How a dial that was sent gets on. */
export const SentDial = ({ actionId, targets }: SentDialProps) => {
  const action = useSentAction(actionId)
  const jobId = action?.jobId ?? ''
  const legs = useLegs({ jobId, targets, responses: action?.legs })
  return (
    <div className="dial-progress">
      <DialLegs jobId={jobId} legs={legs} />
      {action ? <Trouble action={action} /> : null}
      <p className="muted" aria-live="polite">
        {action && isOpen(action) ? 'Calls go on when you close this.' : progressSummary(legs)}
      </p>
    </div>
  )
}

/** The calls of one dial that went on when this was opened, and what becomes of them. */
const Job = ({ jobId }: { jobId: string }) => {
  const legs = useLegs({ jobId, targets: [] })
  const [open] = useState(() => legs.filter(canStop).map(({ id }) => id))
  return <DialLegs jobId={jobId} legs={legs.filter(({ id }) => open.includes(id))} />
}

/** Everybody who is being called, whoever dialled: so that it can be stopped once its dialog was closed. */
export const BeingCalled = () => {
  const [jobs] = useState(() => jobsOf(useBoard.getState().entries))
  return jobs.length === 0 ? null : (
    <section className="being-called" aria-label="Being called">
      <h3 className="muted">Being called</h3>
      {jobs.map((jobId) => (
        <Job key={jobId} jobId={jobId} />
      ))}
    </section>
  )
}
