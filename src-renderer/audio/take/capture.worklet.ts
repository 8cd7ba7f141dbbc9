/** Runs on the audio thread and hands on what the microphone hears, in blocks of 2,048 samples. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare const registerProcessor: (name: string, processor: unknown) => void

const blockFrames = 2048

class Capture extends AudioWorkletProcessor {
  #block = new Float32Array(blockFrames)
  #used = 0

  process([input]: Float32Array[][]): boolean {
    const [samples] = input ?? []
    // Quanta are 128 samples: a block is full exactly at the end of one.
    if (samples) {
      this.#block.set(samples, this.#used)
      this.#used += samples.length
      if (this.#used >= blockFrames) this.#send()
    }
    return true
  }

  #send() {
    this.port.postMessage(this.#block, [this.#block.buffer])
    this.#block = new Float32Array(blockFrames)
    this.#used = 0
  }
}

registerProcessor('patchbay-capture', Capture)
