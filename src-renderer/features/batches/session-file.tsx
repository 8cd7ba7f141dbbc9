import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { Source } from '#contract/sources'
import { bytesText } from '../../lib/bytes.ts'
import { clockText } from '../../lib/duration.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Progress } from '../../ui/progress.tsx'
import { openSession, refusalText, showsOwnErrors, sourceQuery } from './queries.ts'
import { openSource, useStudioSession } from './session-state.ts'

const useOpenFile = () => {
  const [progress, setProgress] = useState(0)
  const abort = useRef<AbortController>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const open = useMutation({
    meta: showsOwnErrors,
    mutationFn: (file: File) => {
      setProgress(0)
      abort.current?.abort()
      abort.current = new AbortController()
      return openSession({ file, onProgress: setProgress, signal: abort.current.signal })
    },
    onSuccess: ({ id }, file) => openSource(id, file.name),
  })
  return { open, progress, cancel: () => abort.current?.abort() }
}

const isAborted = (error: Error | null) => error?.name === 'AbortError'

/** Where a session is dropped or chosen. */
export const SessionFile = () => {
  const { open, progress, cancel } = useOpenFile()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) open.mutate(file)
  }
  return (
    <div
      className={isOver ? 'session-drop is-drop' : 'session-drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="split" size={28} />
      <h2>Split a studio session</h2>
      <p>
        Drop one long recording here. It is cut at its silences; each take becomes a prompt, in the
        order of the prompts that are still missing.
      </p>
      {open.isPending ? (
        <div className="session-sending">
          <Progress
            label={`Sending ${open.variables.name} (${bytesText(open.variables.size)})`}
            value={progress}
          />
          <Button onPress={cancel}>Cancel</Button>
        </div>
      ) : (
        <FileTrigger
          acceptedFileTypes={['audio/*']}
          onSelect={(files) => {
            const file = files?.[0]
            if (file) open.mutate(file)
          }}
        >
          <Button variant="primary" autoFocus>
            Choose a recording…
          </Button>
        </FileTrigger>
      )}
      {open.error && !isAborted(open.error) ? (
        <p role="alert" className="tone-bad">
          {refusalText(open.error)}
        </p>
      ) : null}
    </div>
  )
}

const readShare = ({ frames, frames_expected: expected = 0 }: Source): number | undefined =>
  expected > 0 ? Math.min(1, frames / expected) : undefined

const factsText = (source: Source): string => {
  const { frames, sample_rate_hz: rate, channels } = source
  const layout = channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`
  return `${clockText((frames * 1000) / rate)}, ${rate} Hz, ${layout}`
}

/** What is open, and how far it is read. */
export const SessionFacts = ({ source }: { source: Source | undefined }) => {
  const name = useStudioSession((state) => state.name)
  return (
    <div className="session-facts">
      <b className="truncate" title={name}>
        {name}
      </b>
      {source?.state === 'ready' ? <span className="muted">{factsText(source)}</span> : null}
      {source?.state === 'failed' ? (
        <span role="alert" className="tone-bad">
          {source.reason ?? 'It cannot be read.'}
        </span>
      ) : null}
      {source?.state === 'reading' ? <Progress label="Reading" value={readShare(source)} /> : null}
      <Button variant="quiet" onPress={() => openSource(undefined, '')}>
        Open another…
      </Button>
    </div>
  )
}

export const useSource = (
  id: string | undefined,
): { source: Source | undefined; error: Error | null } => {
  const { data, error } = useQuery({ ...sourceQuery(id ?? ''), enabled: id !== undefined })
  return { source: data, error }
}
