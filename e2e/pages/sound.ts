import type { Page } from '@playwright/test'

type Heard = { pitchHz: number; level: number }

type Ears = {
  hear: () => Heard | null
  /** How strong frequencies are against each other, dB. */
  weigh: (frequenciesHz: readonly number[]) => number[]
}

/**
 * Listens to what the page sends to the loudspeaker, through analysers: a player that only pretends is
 * silent here. Call it before the page plays for the first time.
 */
export const listen = async (page: Page) => {
  await page.evaluate(() => {
    type Connect = (this: AudioNode, to: unknown, ...rest: unknown[]) => unknown
    const connect = Object.getOwnPropertyDescriptor(AudioNode.prototype, 'connect')!
      .value as Connect
    const ears = new Map<BaseAudioContext, AnalyserNode>()
    const earOf = (context: BaseAudioContext) => {
      const ear =
        ears.get(context) ?? new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 })
      ears.set(context, ear)
      return ear
    }
    const tapped: Connect = function (to, ...rest) {
      if (to === this.context.destination) connect.call(this, earOf(this.context))
      return connect.call(this, to, ...rest)
    }
    AudioNode.prototype.connect = tapped as AudioNode['connect']

    const elements = new AudioContext()
    const known = new WeakSet<HTMLMediaElement>()
    const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')!
      .value as HTMLMediaElement['play']
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (!known.has(this)) elements.createMediaElementSource(this).connect(elements.destination)
      known.add(this)
      return play.call(this)
    }

    const levelAt = (ear: AnalyserNode) => {
      const samples = new Float32Array(ear.fftSize)
      ear.getFloatTimeDomainData(samples)
      return Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length)
    }
    const loudest = () => {
      // A closed context keeps what sounded last.
      const [first] = [...ears.values()]
        .filter(({ context }) => context.state === 'running')
        .sort((a, b) => levelAt(b) - levelAt(a))
      if (!first) return null
      const bins = new Float32Array(first.frequencyBinCount)
      first.getFloatFrequencyData(bins)
      const level = levelAt(first)
      return level < 0.02 ? null : { level, bins, binHz: first.context.sampleRate / first.fftSize }
    }
    const hear = () => {
      const sound = loudest()
      if (!sound) return null
      const strongest = sound.bins.indexOf(Math.max(...sound.bins))
      return { pitchHz: Math.round(strongest * sound.binHz), level: sound.level }
    }
    const weigh = (frequenciesHz: readonly number[]) => {
      const sound = loudest()
      if (!sound) return []
      return frequenciesHz.map((hertz) => {
        const bin = Math.round(hertz / sound.binHz)
        return Math.max(...sound.bins.subarray(Math.max(0, bin - 2), bin + 3))
      })
    }
    Object.assign(globalThis, { ears: { hear, weigh } satisfies Ears })
  })
  return {
    heard: () => page.evaluate(() => (globalThis as unknown as { ears: Ears }).ears.hear()),
    /** How many dB the first tone is above the second; NaN while nothing sounds. */
    difference: async (firstHz: number, secondHz: number): Promise<number> => {
      const [first = Number.NaN, second = Number.NaN] = await page.evaluate(
        (tones) => (globalThis as unknown as { ears: Ears }).ears.weigh(tones),
        [firstHz, secondHz],
      )
      return first - second
    },
  }
}
