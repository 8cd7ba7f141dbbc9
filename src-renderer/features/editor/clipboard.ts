import { create } from 'zustand'
import type { Clip } from '#contract/edit-list'
import { formatText } from './format-text.ts'

const storageKey = 'patchbay.clipboard'
const channelName = 'patchbay.clipboard'

/**
 * What was copied, in all windows of this machine. The list of a clip only names audio: it costs little
 * to hand over.
 */
export const useClipboard = create<{ clip: Clip | undefined }>(() => ({ clip: undefined }))

const isClip = (value: unknown): value is Clip =>
  typeof value === 'object' &&
  value !== null &&
  'spans' in value &&
  Array.isArray(value.spans) &&
  value.spans.length > 0 &&
  'sources' in value &&
  'sample_rate_hz' in value &&
  typeof value.sample_rate_hz === 'number' &&
  'channels' in value &&
  typeof value.channels === 'number'

const parseClip = (text: string | null): Clip | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isClip(value) ? value : undefined
  } catch {
    return undefined
  }
}

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(channelName) : undefined
const storage = 'localStorage' in globalThis ? globalThis.localStorage : undefined

/** Takes over what is copied in other windows, until the answer is called. */
export const followClipboard = (): (() => void) => {
  const read = () =>
    useClipboard.setState({ clip: parseClip(storage?.getItem(storageKey) ?? null) })
  read()
  channel?.addEventListener('message', read)
  return () => channel?.removeEventListener('message', read)
}

/** Copies for all windows. False when it is too large for the others: then it is for this one alone. */
export const copyClip = (clip: Clip): boolean => {
  useClipboard.setState({ clip })
  try {
    storage?.setItem(storageKey, JSON.stringify(clip))
    channel?.postMessage('copied')
    return true
  } catch {
    return false
  }
}

/** Why a clip cannot be pasted into a list, and what helps; undefined when it can. */
export const pasteProblem = (
  clip: Clip,
  list: Pick<Clip, 'sample_rate_hz' | 'channels'>,
): string | undefined =>
  clip.sample_rate_hz === list.sample_rate_hz && clip.channels === list.channels
    ? undefined
    : `What was copied is ${formatText(clip)}, this is ${formatText(list)}. Convert one of them first: Effects, Resample or Channels. Then copy again.`
