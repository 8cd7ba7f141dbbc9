/** Runs on the audio thread: plays what comes in, and tells how loud it is and how far behind. */
import { createListenBuffer } from './listen-buffer.ts'
import type { ListenReport } from './listener.ts'

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare const registerProcessor: (name: string, processor: unknown) => void
declare const sampleRate: number

/** Ten times a second. */
const reportFrames = Math.round(sampleRate / 10)

class Listen extends AudioWorkletProcessor {
  #buffer = createListenBuffer(sampleRate)
  #squares = 0
  #counted = 0

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<Float32Array>) => this.#buffer.push(data)
  }

  process(_: Float32Array[][], [output]: Float32Array[][]): boolean {
    const [samples] = output ?? []
    if (!samples) return true
    this.#buffer.pull(samples)
    for (const sample of samples) this.#squares += sample * sample
    this.#counted += samples.length
    if (this.#counted >= reportFrames) this.#report()
    return true
  }

  #report() {
    const report: ListenReport = {
      level: Math.sqrt(this.#squares / this.#counted),
      heldMs: Math.round((this.#buffer.held() / sampleRate) * 1000),
      gaps: this.#buffer.gaps(),
    }
    this.port.postMessage(report)
    this.#squares = 0
    this.#counted = 0
  }
}

registerProcessor('patchbay-listen', Listen)
