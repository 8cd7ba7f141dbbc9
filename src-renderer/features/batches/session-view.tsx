import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { SplitResult, TakeResult } from '#contract/batches'
import type { Source } from '#contract/sources'
import { mostSampleFrames } from '#contract/sources'
import { player } from '../../audio/player.ts'
import { parsePeaks } from '../../audio/peaks.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useCommand } from '../../ui/use-command.ts'
import {
  assignTakes,
  cancelJob,
  jobQuery,
  loadSamples,
  loadSessionPeaks,
  refusalText,
  showsOwnErrors,
} from './queries.ts'
import { openSource, useStudioSession } from './session-state.ts'
import { SessionFacts, SessionFile, useSource } from './session-file.tsx'
import { SplitSettings } from './split-options.tsx'
import { TakeList, type TakeActions } from './take-list.tsx'
import { mergedWithNext, quietestIn, splitAt, without } from './take-rows.ts'
import { wavOf } from './take-sound.ts'
import { playingIdOf, TakeStrip } from './take-strip.tsx'
import { useTakes, type NumberedTake } from './use-takes.ts'
import './session-view.css'

const loadTake = async (
  { id, sample_rate_hz: sampleRateHz, channels, bits }: Source,
  { from, to }: { from: number; to: number },
): Promise<Blob> => {
  const parts: ArrayBuffer[] = []
  for (let at = from; at < to; at += mostSampleFrames) {
    parts.push(await loadSamples(id, { from: at, frames: Math.min(mostSampleFrames, to - at) }))
  }
  return wavOf({ sampleRateHz, channels, bits: bits === 16 ? 16 : 32 }, parts)
}

type Edit = ReturnType<typeof useTakes>['edit']

const isSplitResult = (result: unknown): result is SplitResult =>
  typeof result === 'object' && result !== null && 'takes' in result

/** The job that writes the takes, from its start to what became of each of them. */
const useAssign = (source: Source, takes: readonly NumberedTake[], edit: Edit) => {
  const { library, language, jobId } = useStudioSession()
  const start = useMutation({
    meta: showsOwnErrors,
    mutationFn: () =>
      assignTakes({
        library,
        language,
        source: source.id,
        takes: takes
          .filter(({ problem }) => problem === undefined)
          .map(({ from, to, promptId }) => ({ from, to, prompt_id: promptId })),
      }),
    onSuccess: ({ job_id: started }) => {
      // What was suggested is taken at its word: once written, it is no longer missing.
      edit((rows) =>
        rows.map((row, index) => ({ ...row, chosenId: takes[index]?.promptId ?? row.chosenId })),
      )
      useStudioSession.setState({ jobId: started })
    },
  })
  const { data: job } = useQuery({ ...jobQuery(jobId ?? ''), enabled: jobId !== undefined })
  const cancel = useMutation({ mutationFn: () => cancelJob(jobId ?? '') })
  const results = useMemo(() => {
    const list = isSplitResult(job?.result) ? job.result.takes : []
    return new Map<string, TakeResult>(list.map((result) => [result.prompt_id, result]))
  }, [job])
  const isRunning = job?.status === 'queued' || job?.status === 'running'
  const ended = { failed: job?.error ?? 'It failed.', cancelled: 'Cancelled.' }
  const failure =
    refusalText(start.error) ??
    (job?.status === 'failed' || job?.status === 'cancelled' ? ended[job.status] : undefined)
  return { start, cancel, results, isRunning, progress: job?.progress, failure }
}

const useTakeActions = (
  source: Source,
  takes: readonly NumberedTake[],
  edit: Edit,
): TakeActions => ({
  play: (index) => {
    const take = takes[index]
    if (!take) return
    useStudioSession.setState({ active: index })
    player.toggle(playingIdOf(source.id, take), () => loadTake(source, take))
  },
  merge: (index) => edit((rows) => mergedWithNext(rows, index)),
  split: (index) => {
    const take = takes[index]
    if (!take) return
    void loadSessionPeaks(source.id, 256).then((dat) => {
      const at = quietestIn(take, parsePeaks(dat))
      edit((rows) => splitAt(rows, index, at))
    })
  },
  remove: (index) => edit((rows) => without(rows, index)),
  rename: (index, id) =>
    edit((rows) => rows.map((row, at) => (at === index ? { ...row, chosenId: id } : row))),
})

const useTakeCommands = (
  takes: readonly NumberedTake[],
  actions: TakeActions,
  isLocked: boolean,
) => {
  const active = useStudioSession((state) => state.active)
  const group = 'Takes'
  const when = takes.length > 0
  const go = (by: number) =>
    useStudioSession.setState({
      active: Math.min(Math.max(active + by, 0), Math.max(0, takes.length - 1)),
    })
  useCommand({ id: 'takes.next', title: 'Next take', group, keys: 'j', when, run: () => go(1) })
  useCommand({
    id: 'takes.previous',
    title: 'Previous take',
    group,
    keys: 'k',
    when,
    run: () => go(-1),
  })
  useCommand({
    id: 'takes.play',
    title: 'Play or stop the take',
    group,
    keys: 'space',
    when,
    run: () => actions.play(active),
  })
  useCommand({
    id: 'takes.merge',
    title: 'Merge the take with the next',
    group,
    keys: 'm',
    when: when && !isLocked,
    run: () => actions.merge(active),
  })
  useCommand({
    id: 'takes.split',
    title: 'Split the take where it is quietest',
    group,
    keys: 's',
    when: when && !isLocked,
    run: () => actions.split(active),
  })
  useCommand({
    id: 'takes.remove',
    title: 'Remove the take',
    group,
    keys: 'delete',
    when: when && !isLocked,
    run: () => actions.remove(active),
  })
}

const takeText = (count: number): string => `${count} ${count === 1 ? 'take' : 'takes'}`

const resultText = (results: ReadonlyMap<string, TakeResult>): string => {
  const all = [...results.values()]
  const failed = all.filter(({ outcome }) => outcome === 'failed').length
  const made = takeText(all.length - failed)
  return failed > 0 ? `${made} assigned, ${failed} failed` : `${made} assigned`
}

const Footer = ({
  work,
  takes,
}: {
  work: ReturnType<typeof useAssign>
  takes: readonly NumberedTake[]
}) => {
  const language = useStudioSession((state) => state.language)
  const { start, cancel, results, isRunning, progress, failure } = work
  const ready = takes.filter(({ problem }) => problem === undefined).length
  const doubles = takes.filter(({ problem }) => problem === 'double').length
  const told =
    language === ''
      ? 'Choose the language of the takes.'
      : doubles > 0
        ? `${takeText(doubles)} share a prompt id.`
        : ready < takes.length
          ? `${takes.length - ready} left out.`
          : ''
  return (
    <footer className="session-footer">
      {isRunning ? (
        <>
          <Progress label="Writing the prompts" value={progress} />
          <Button isPending={cancel.isPending} onPress={() => cancel.mutate()}>
            Cancel
          </Button>
        </>
      ) : (
        <>
          <Button
            variant="primary"
            isDisabled={language === '' || doubles > 0 || ready === 0}
            isPending={start.isPending}
            onPress={() => start.mutate()}
          >
            {language === ''
              ? `Assign ${takeText(ready)}`
              : `Assign ${takeText(ready)} to ${language}`}
          </Button>
          <span role="status" className={failure === undefined ? 'muted' : 'tone-bad'}>
            {failure ?? (results.size > 0 ? resultText(results) : told)}
          </span>
        </>
      )}
    </footer>
  )
}

const Workspace = ({ source }: { source: Source }) => {
  const { takes, promptIds, isFinding, error, edit } = useTakes(source)
  const work = useAssign(source, takes, edit)
  const actions = useTakeActions(source, takes, edit)
  useTakeCommands(takes, actions, work.isRunning)
  const takeAt = (frame: number) =>
    Math.max(
      0,
      takes.findLastIndex(({ from }) => from <= frame),
    )
  return (
    <>
      <TakeStrip source={source} takes={takes} takeAt={takeAt} />
      <p role="status" className="session-found muted">
        {isFinding
          ? 'Looking for takes…'
          : (refusalText(error) ?? `${takeText(takes.length)} found`)}
      </p>
      <TakeList
        sourceId={source.id}
        sampleRateHz={source.sample_rate_hz}
        takes={takes}
        promptIds={promptIds}
        results={work.results}
        actions={actions}
        isLocked={work.isRunning}
      />
      <Footer work={work} takes={takes} />
    </>
  )
}

/** One long take of a studio session becomes prompts. */
export const SessionView = () => {
  const sourceId = useStudioSession((state) => state.sourceId)
  const { source, error } = useSource(sourceId)
  if (sourceId === undefined) return <SessionFile />
  if (error && !source) {
    return (
      <EmptyState
        icon="warning"
        title="The session is not there any more"
        actions={<Button onPress={() => openSource(undefined, '')}>Open another…</Button>}
      >
        <p>{error.message}</p>
      </EmptyState>
    )
  }
  return (
    <div className="session">
      <SessionFacts source={source} />
      <SplitSettings isLocked={false} />
      {source?.state === 'ready' ? <Workspace key={source.id} source={source} /> : null}
    </div>
  )
}
