import type { Effect } from '#contract/effects'
import type { FrameRange } from '../../audio/edit-view/types.ts'
import { useToasts } from '../../ui/toast-store.ts'
import type { Session } from './editor-session.ts'
import { cancelJob, followJob, startEffects } from './queries.ts'
import { windowId } from './window-id.ts'

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Lets sox work on a range. Nothing else is edited until it is over; cancelled or failed, the draft
 * is as it was.
 */
export const applyEffect = async (
  session: Session,
  { effect, label, range }: { effect: Effect; label: string; range: FrameRange },
): Promise<void> => {
  const { editor } = session
  const show = useToasts.getState().show
  const tell = (progress: number | undefined, cancel?: () => void) =>
    editor.store.setState({ task: { label, progress, cancel } })
  // It waits for steps to be written first: while the backend is away, that can be long.
  const waiting = new AbortController()
  tell(undefined, () => waiting.abort())
  try {
    await editor.journal.settled(waiting.signal)
    tell(undefined)
    const { revision } = editor.journal.written()
    const { id } = editor.store.getState().draft
    const jobId = await startEffects(id, {
      revision,
      window: windowId,
      effects: [effect],
      ...range,
    })
    const cancel = () => void cancelJob(jobId).catch(() => undefined)
    const job = await followJob(jobId, ({ progress }) => tell(progress, cancel))
    if (job.status === 'failed') throw new Error(job.error ?? 'sox failed')
    if (job.status === 'cancelled') show({ tone: 'info', text: `${label} was cancelled.` })
    else await session.reload()
  } catch (error) {
    if (waiting.signal.aborted) show({ tone: 'info', text: `${label} was cancelled.` })
    else show({ tone: 'bad', text: `${label} was not applied: ${textOf(error)}` })
  } finally {
    editor.store.setState({ task: undefined })
  }
}
