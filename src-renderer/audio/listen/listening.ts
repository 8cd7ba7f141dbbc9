import { useStore } from 'zustand'
import {
  createListener,
  type ListenReport,
  type ListenState,
  type OpenListenOutput,
} from './listener.ts'
import workletUrl from './listen.worklet.ts?worker&url'

/** As it comes: the sound card's rate is the browser's concern. */
const rate = 8000
/** A frame is sent when all of it was spoken. */
const frameMs = 20

const openOutput: OpenListenOutput = async ({ started, report }) => {
  const context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' })
  const unblock = () => void context.resume()
  // A screen reader presses without a pointer.
  const gestures = ['keydown', 'pointerdown', 'click'] as const
  const close = () => {
    for (const gesture of gestures) document.removeEventListener(gesture, unblock)
    if (context.state !== 'closed') void context.close()
  }
  try {
    await context.audioWorklet.addModule(workletUrl)
    const node = new AudioWorkletNode(context, 'patchbay-listen', {
      numberOfInputs: 0,
      outputChannelCount: [1],
    })
    node.port.onmessage = ({ data }: MessageEvent<ListenReport>) => {
      const outputMs = (context.baseLatency + context.outputLatency) * 1000
      report({ ...data, delayMs: Math.round(data.heldMs + outputMs + frameMs) })
    }
    node.connect(context.destination)
    context.onstatechange = () => {
      if (context.state === 'running') started()
    }
    if (context.state !== 'running') {
      for (const gesture of gestures) document.addEventListener(gesture, unblock)
      unblock()
    }
    return {
      isRunning: () => context.state === 'running',
      push: (samples) => node.port.postMessage(samples, [samples.buffer]),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

/** One for the whole app: people have two ears. */
export const listener = createListener(openOutput)

export const useListening = <T>(select: (state: ListenState) => T): T =>
  useStore(listener.store, select)
