import type { Page } from '@playwright/test'

type Heard = { pitchHz: number; level: number }

type Ears = { hear: () => Heard | null }

/**
 * Listens to what the page plays, through an analyser: a player that only pretends is silent here.
 * Call it before the page plays for the first time.
 */
export const listen = async (page: Page): Promise<{ heard: () => Promise<Heard | null> }> => {
  await page.evaluate(() => {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192 })
    analyser.connect(context.destination)
    const known = new WeakSet<HTMLMediaElement>()
    const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')!
      .value as HTMLMediaElement['play']
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (!known.has(this)) context.createMediaElementSource(this).connect(analyser)
      known.add(this)
      return play.call(this)
    }
    const hear = () => {
      const samples = new Float32Array(analyser.fftSize)
      const bins = new Float32Array(analyser.frequencyBinCount)
      analyser.getFloatTimeDomainData(samples)
      analyser.getFloatFrequencyData(bins)
      const level = Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length)
      const loudest = bins.indexOf(Math.max(...bins))
      const pitchHz = (loudest * context.sampleRate) / analyser.fftSize
      return level < 0.05 ? null : { pitchHz: Math.round(pitchHz), level }
    }
    Object.assign(globalThis, { ears: { hear } satisfies Ears })
  })
  return {
    heard: () => page.evaluate(() => (globalThis as unknown as { ears: Ears }).ears.hear()),
  }
}
