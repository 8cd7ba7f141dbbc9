import { create } from 'zustand'
import type { Draft } from '#contract/drafts'
import type { Source } from '#contract/sources'
import { replaceParams } from '../../lib/route.ts'
import { openSession, replaceSession, useOpenSession } from './editor-session.ts'
import {
  isGone,
  loadDraft,
  loadSource,
  onObjectEvent,
  openMediaDraft,
  openSourceDraft,
  sourceOfFile,
  sourceOfMedia,
  type Target,
} from './queries.ts'
import { showMoment } from './show-moment.ts'

/** What the address names; `at` is a moment of its first version to begin at, in milliseconds. */
export type Address = Partial<
  Record<'media' | 'draft' | 'source' | 'target' | 'at', string | undefined>
>

export type Opening =
  | { kind: 'idle' }
  | { kind: 'sending'; name: string; progress: number }
  | { kind: 'loading' }
  | { kind: 'reading'; source: Source }
  | { kind: 'failed'; title: string; reason: string }

type OpeningState = {
  opening: Opening
  /** Of what is being opened. */
  address: string | undefined
  /** That was looked at last, whatever became of it. */
  lastAddress: string | undefined
}

/** What is on its way into the editor. */
export const useOpening = create<OpeningState>(() => ({
  opening: { kind: 'idle' },
  address: undefined,
  lastAddress: undefined,
}))

let controller = new AbortController()

const show = (opening: Opening) => useOpening.setState({ opening })

/** Once: who comes back to the address later has moved on. */
const goTo = (at: string | undefined) => {
  const { session } = useOpenSession.getState()
  const ms = Number(at)
  if (at === undefined || !session) return
  if (ms >= 0) showMoment(session, ms)
  replaceParams({ at: undefined })
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A new attempt ends the one before. */
const begin = (): AbortSignal => {
  controller.abort()
  controller = new AbortController()
  return controller.signal
}

const readPollMs = 400

/** Resolves when something was told about a source, or after a while. */
const nextNews = (id: string) =>
  new Promise<void>((resolve) => {
    const finish = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
    const stop = onObjectEvent((event) => {
      if (event.type === 'source' && event.id === id) finish()
    })
    const timer = setTimeout(finish, readPollMs)
  })

/** Shows how a source grows until all of it is read. */
const untilReady = async (first: Source, signal: AbortSignal): Promise<Source> => {
  let source = first
  while (source.state === 'reading' && !signal.aborted) {
    show({ kind: 'reading', source })
    await nextNews(source.id)
    source = await loadSource(source.id, signal)
  }
  if (source.state === 'failed')
    throw new Error(source.reason ?? 'No audio could be decoded from it.')
  return source
}

const finish = (draft: Draft, signal: AbortSignal) => {
  if (signal.aborted) return
  replaceSession(openSession(draft))
  show({ kind: 'idle' })
}

const draftFor = async (address: Address, signal: AbortSignal): Promise<Draft> => {
  if (address.draft !== undefined) return loadDraft(address.draft, signal)
  if (address.media !== undefined) {
    const target: Target = address.target === 'system' ? 'system' : 'account'
    await untilReady(await sourceOfMedia(address.media, target), signal)
    return openMediaDraft(address.media, target)
  }
  const source = await untilReady(await loadSource(address.source ?? '', signal), signal)
  return openSourceDraft(source.id, source.name)
}

const isOpenAlready = ({ draft, media, target = 'account' }: Address): boolean => {
  const facts = useOpenSession.getState().session?.editor.store.getState().draft
  if (!facts) return false
  if (draft !== undefined) return facts.id === draft
  return media !== undefined && facts.media_id === media && facts.target === target
}

const keyOf = ({ media, draft, source, target }: Address): string =>
  JSON.stringify([media, draft, source, target])

const leadsElsewhere = (address: Address): boolean =>
  [address.media, address.draft, address.source].some((name) => name !== undefined) &&
  !isOpenAlready(address)

/** Whether an address is about to be opened: what is open now is not worth drawing any more. */
export const useIsAhead = (address: Address): boolean =>
  useOpening(({ lastAddress }) => lastAddress !== keyOf(address)) && leadsElsewhere(address)

/** Opens what the address names; an address without a name goes back to what is open. */
export const openAddress = async (address: Address): Promise<void> => {
  const key = keyOf(address)
  if (!leadsElsewhere(address)) {
    goTo(address.at)
    return
  }
  if (useOpening.getState().address === key) return
  const signal = begin()
  useOpening.setState({ opening: { kind: 'loading' }, address: key, lastAddress: key })
  try {
    const draft = await draftFor(address, signal)
    finish(draft, signal)
    if (!signal.aborted) goTo(address.at)
    // A source makes a new draft: loading the page again is to come back to this one.
    if (address.source !== undefined && !signal.aborted)
      replaceParams({ draft: draft.id, source: undefined })
  } catch (error) {
    if (signal.aborted) return
    const title = isGone(error) ? 'This does not exist any more' : 'This could not be opened'
    show({ kind: 'failed', title, reason: textOf(error) })
  } finally {
    if (!signal.aborted) useOpening.setState({ address: undefined })
  }
}

/** Sends a file of this machine and opens it as a new draft. */
export const openFile = async (file: File): Promise<void> => {
  const signal = begin()
  const name = file.name.replace(/\.[^.]+$/, '') || file.name
  useOpening.setState({ opening: { kind: 'sending', name, progress: 0 }, address: undefined })
  try {
    const source = await sourceOfFile(file, {
      name,
      signal,
      onProgress: (progress) => {
        if (!signal.aborted) show({ kind: 'sending', name, progress })
      },
    })
    const ready = await untilReady(source, signal)
    const draft = await openSourceDraft(ready.id, name)
    finish(draft, signal)
    if (!signal.aborted) replaceParams({ draft: draft.id, media: undefined, target: undefined })
  } catch (error) {
    if (signal.aborted) return
    show({ kind: 'failed', title: `${file.name} could not be opened`, reason: textOf(error) })
  }
}

/** Gives up what is on its way. */
export const cancelOpening = (): void => {
  controller.abort()
  useOpening.setState({ opening: { kind: 'idle' }, address: undefined })
}

/** Puts the draft away; it stays in the list of drafts. */
export const closeDraft = (): void => {
  replaceSession(undefined)
  cancelOpening()
  replaceParams({ draft: undefined, media: undefined, source: undefined, target: undefined })
}
