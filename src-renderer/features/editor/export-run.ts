import { create } from 'zustand'
import type { EditList } from '#contract/edit-list'
import type { OutputFormat } from '#contract/effects'
import type { FrameRange } from '../../audio/edit-view/types.ts'
import { cancelJob, followJob, renderFile, startRender } from './queries.ts'

/** The one export of this window: what it has come to. */
export type ExportState =
  | { state: 'idle' }
  | { state: 'running'; progress: number | undefined; jobId: string | undefined }
  | { state: 'done'; file: File; url: string; command: string }
  | { state: 'failed'; reason: string }

export const useExport = create<{ now: ExportState }>(() => ({ now: { state: 'idle' } }))

const set = (now: ExportState) => {
  const before = useExport.getState().now
  if (before.state === 'done') URL.revokeObjectURL(before.url)
  useExport.setState({ now })
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

export type ExportWish = { list: EditList; range: FrameRange; format: OutputFormat; name: string }

const run = async ({ list, range, format, name }: ExportWish) => {
  const render = await startRender({ list, ...range, format, name })
  const jobId = render.job_id
  set({ state: 'running', progress: undefined, jobId })
  const job = await followJob(jobId, ({ progress }) => set({ state: 'running', progress, jobId }))
  if (job.status === 'cancelled') {
    set({ state: 'idle' })
    return
  }
  if (job.status === 'failed') throw new Error(job.error ?? 'sox failed')
  const blob = await renderFile(render.id)
  const file = new File([blob], render.filename, { type: render.content_type })
  set({ state: 'done', file, url: URL.createObjectURL(file), command: render.command })
}

/** Writes a range as a file, to be saved or dragged out of the window. */
export const startExport = async (wish: ExportWish): Promise<void> => {
  if (useExport.getState().now.state === 'running') return
  set({ state: 'running', progress: undefined, jobId: undefined })
  try {
    await run(wish)
  } catch (error) {
    set({ state: 'failed', reason: textOf(error) })
  }
}

export const cancelExport = (): void => {
  const { now } = useExport.getState()
  if (now.state === 'running' && now.jobId !== undefined)
    void cancelJob(now.jobId).catch(() => undefined)
}

/** Another format or another range: what was made is no longer what is wanted. */
export const forgetExport = (): void => {
  if (useExport.getState().now.state !== 'running') set({ state: 'idle' })
}
