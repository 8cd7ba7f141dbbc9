import { create } from 'zustand'

type UploadState = 'waiting' | 'sending' | 'failed'

export type UploadItem = {
  key: number
  file: File
  state: UploadState
  progress: number
  error?: string | undefined
}

type Uploads = { items: readonly UploadItem[] }

/** Files on their way. They go on while another page is open. */
export const useUploads = create<Uploads>(() => ({ items: [] }))

let lastKey = 0
let isRunning = false
const controllers = new Map<number, AbortController>()

export type Sender = {
  /** Why a file need not be sent. */
  problemOf: (file: File) => string | undefined
  send: (
    file: File,
    options: { onProgress: (progress: number) => void; signal: AbortSignal },
  ) => Promise<unknown>
  /** The queue is empty again. */
  finished: (sent: number) => void
}

const change = (key: number, patch: Partial<UploadItem>) =>
  useUploads.setState(({ items }) => ({
    items: items.map((item) => (item.key === key ? { ...item, ...patch } : item)),
  }))

const drop = (key: number) =>
  useUploads.setState(({ items }) => ({ items: items.filter((item) => item.key !== key) }))

/** Takes a file off the list, stopping it when it is on its way. */
export const dismissUpload = (key: number): void => {
  controllers.get(key)?.abort()
  drop(key)
}

const sendOne = async ({ key, file }: UploadItem, sender: Sender): Promise<boolean> => {
  const controller = new AbortController()
  controllers.set(key, controller)
  change(key, { state: 'sending', progress: 0 })
  try {
    await sender.send(file, {
      onProgress: (progress) => change(key, { progress }),
      signal: controller.signal,
    })
    drop(key)
    return true
  } catch (error) {
    change(key, { state: 'failed', error: error instanceof Error ? error.message : String(error) })
    return false
  } finally {
    controllers.delete(key)
  }
}

/** One file at a time: the backend decodes each as it comes, and the order stays the person's. */
const run = async (sender: Sender) => {
  if (isRunning) return
  isRunning = true
  let sent = 0
  const next = () => useUploads.getState().items.find(({ state }) => state === 'waiting')
  for (let item = next(); item; item = next()) if (await sendOne(item, sender)) sent++
  isRunning = false
  if (sent > 0) sender.finished(sent)
}

export const addUploads = async (files: readonly File[], sender: Sender): Promise<void> => {
  const items = files.map((file): UploadItem => {
    const error = sender.problemOf(file)
    const base = { key: ++lastKey, file, progress: 0 }
    return error === undefined ? { ...base, state: 'waiting' } : { ...base, state: 'failed', error }
  })
  useUploads.setState((state) => ({ items: [...state.items, ...items] }))
  await run(sender)
}

export const retryUpload = async (key: number, sender: Sender): Promise<void> => {
  change(key, { state: 'waiting', error: undefined })
  await run(sender)
}
