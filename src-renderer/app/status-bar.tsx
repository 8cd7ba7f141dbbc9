import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from 'react-aria-components'
import { useLive } from '../api/live.ts'
import { statusQuery } from '../api/status.ts'
import { hrefOf } from '../lib/route.ts'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Progress } from '../ui/progress.tsx'
import { StatusSlot } from '../ui/status-slot.tsx'
import { cancelJobMutation, jobsQuery, runningJob } from './queries.ts'
import './status-bar.css'

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

const Connection = () => {
  const { state, lostAt } = useLive()
  if (state === 'open') {
    return (
      <span className="status-item">
        <span className="status-dot" aria-hidden="true" />
        Backend
      </span>
    )
  }
  return (
    <span className="status-item tone-warn">
      <Icon name="warning" size={13} />
      {lostAt === null ? 'Connecting…' : `Reconnecting since ${clock.format(lostAt)}`}
    </span>
  )
}

const MissingTools = () => {
  const { data: status } = useQuery(statusQuery)
  const missing = (status?.tools ?? []).filter(({ found }) => !found).map(({ name }) => name)
  if (missing.length === 0) return null
  return (
    <Link
      className="status-item status-link tone-warn"
      href={hrefOf('settings', { section: 'tools' })}
    >
      <Icon name="warning" size={13} />
      {missing.join(', ')} not found
    </Link>
  )
}

/** Where phones register, or that they cannot. */
const Sip = () => {
  const { data: status } = useQuery(statusQuery)
  if (!status) return null
  const { sip, sip_problem: problem } = status
  if (sip !== null) return <span className="status-item">SIP {sip}</span>
  if (problem === undefined) return <span className="status-item">SIP off</span>
  return (
    <Link
      className="status-item status-link tone-warn"
      href={hrefOf('settings', { section: 'sip' })}
    >
      <Icon name="warning" size={13} />
      SIP does not listen
    </Link>
  )
}

const RunningJob = () => {
  const { data: jobs = [] } = useQuery(jobsQuery)
  const cancel = useMutation(cancelJobMutation)
  const job = runningJob(jobs)
  if (!job) return null
  return (
    <span className="status-item">
      <span className="truncate">{job.label}</span>
      <b className="mono">{Math.round(job.progress * 100)} %</b>
      <Progress
        isCompact
        label={job.label}
        value={job.status === 'queued' ? undefined : job.progress}
      />
      <IconButton
        icon="close"
        label={`Cancel ${job.label}`}
        isDisabled={cancel.isPending}
        onPress={() => cancel.mutate(job.id)}
      />
    </span>
  )
}

export const StatusBar = () => {
  const { data: status } = useQuery(statusQuery)
  return (
    <footer className="status-bar">
      <span role="status" className="status-item">
        <Connection />
      </span>
      <StatusSlot />
      <Sip />
      <RunningJob />
      <MissingTools />
      <span className="status-version">{status ? `Patchbay ${status.version}` : null}</span>
    </footer>
  )
}
