import type { OpenOutput, Output, Sound } from './output.ts'

/** Rates an AudioBuffer may have. */
const lowestHz = 3000
const highestHz = 768_000
const switchS = 0.01
const hushS = 0.005

/** A rate browsers take, as a multiple of the wanted one. */
const multipleFor = (sampleRateHz: number) => Math.max(1, Math.ceil(lowestHz / sampleRateHz))

/** In straight lines between the samples: for rates that are below anything that is played. */
const stretched = (samples: Float32Array, multiple: number): Float32Array => {
  if (multiple === 1) return samples
  return Float32Array.from({ length: samples.length * multiple }, (_, index) => {
    const left = samples[Math.floor(index / multiple)] ?? 0
    const right = samples[Math.floor(index / multiple) + 1] ?? left
    return left + ((right - left) * (index % multiple)) / multiple
  })
}

/** More than two channels are heard together: no loudspeaker is to keep one of them to itself. */
const audible = (channels: readonly Float32Array[]): readonly Float32Array[] => {
  const [first] = channels
  if (!first || channels.length <= 2) return channels
  const sum = new Float32Array(first.length)
  for (const channel of channels)
    for (let frame = 0; frame < sum.length; frame++)
      sum[frame] = (sum[frame] ?? 0) + (channel[frame] ?? 0) / channels.length
  return [sum]
}

const kilohertz = (hertz: number) => `${hertz / 1000} kHz`

const openContext = (sampleRate: number) => {
  try {
    return { context: new AudioContext({ sampleRate, latencyHint: 'interactive' }), note: null }
  } catch {
    const context = new AudioContext({ latencyHint: 'interactive' })
    const note = `Heard at ${kilohertz(context.sampleRate)}: this machine does not play ${kilohertz(sampleRate)}.`
    return { context, note }
  }
}

/** When the sound at a time of the clock reaches the ear, as well as the machine can tell. */
const heardAt = (context: AudioContext): number => {
  const { contextTime = 0, performanceTime = 0 } = context.getOutputTimestamp()
  if (contextTime === 0 || performanceTime === 0)
    return Math.max(0, context.currentTime - (context.outputLatency || context.baseLatency || 0))
  const since = (performance.now() - performanceTime) / 1000
  return Math.min(contextTime + since, context.currentTime)
}

const ramp = ({ gain }: GainNode, value: number, now: number, seconds: number) => {
  gain.cancelScheduledValues(now)
  gain.setValueAtTime(gain.value, now)
  gain.linearRampToValueAtTime(value, now + seconds)
}

/** One of the two ways to the loudspeaker: everything on it can be faded out at once. */
const createBus = (context: AudioContext, to: AudioNode) => {
  const gain = context.createGain()
  gain.connect(to)
  return gain
}

/** The loudspeaker of this machine. Throws where a page may not make any sound. */
export const openWebAudio: OpenOutput = (sampleRateHz): Output => {
  if (sampleRateHz > highestHz) throw new Error(`Nothing plays ${kilohertz(sampleRateHz)}.`)
  const multiple = multipleFor(sampleRateHz)
  const { context, note } = openContext(sampleRateHz * multiple)
  const plainWay = createBus(context, context.destination)
  const callerWay = createBus(context, context.destination)
  const match = createBus(context, callerWay)
  callerWay.gain.value = 0
  let buses = { plain: createBus(context, plainWay), caller: createBus(context, match) }

  const start = (channels: readonly Float32Array[], bus: GainNode, at: number, fadeS: number) => {
    const heard = audible(channels).map((samples) => stretched(samples, multiple))
    const length = heard[0]?.length ?? 0
    if (length === 0) return () => undefined
    const buffer = context.createBuffer(heard.length, length, sampleRateHz * multiple)
    for (const [channel, samples] of heard.entries())
      buffer.copyToChannel(Float32Array.from(samples), channel)
    const node = context.createBufferSource()
    node.buffer = buffer
    if (fadeS > 0) {
      const soft = createBus(context, bus)
      const end = at + buffer.duration
      soft.gain.setValueAtTime(0, at)
      soft.gain.linearRampToValueAtTime(1, at + fadeS)
      soft.gain.setValueAtTime(1, end - fadeS)
      soft.gain.linearRampToValueAtTime(0, end)
      node.connect(soft)
    } else node.connect(bus)
    node.start(at)
    return () => {
      // Past the fade of its bus where it sounds already, never where it does not yet.
      node.stop(context.currentTime >= at ? context.currentTime + hushS * 2 : 0)
      if (context.currentTime < at) node.disconnect()
    }
  }

  return {
    sampleRateHz,
    note,
    now: () => context.currentTime,
    heard: () => heardAt(context),
    resume: () => context.resume(),
    play: (sound: Sound, at, fadeS = 0) => {
      const stopPlain = start(sound.plain, buses.plain, at, fadeS)
      const stopCaller = start(sound.caller, buses.caller, at, fadeS)
      return () => {
        stopPlain()
        stopCaller()
      }
    },
    hush: () => {
      const { plain, caller } = buses
      for (const bus of [plain, caller]) ramp(bus, 0, context.currentTime, hushS)
      buses = { plain: createBus(context, plainWay), caller: createBus(context, match) }
      setTimeout(() => {
        plain.disconnect()
        caller.disconnect()
      }, 200)
    },
    setCaller: (isCaller) => {
      ramp(plainWay, isCaller ? 0 : 1, context.currentTime, switchS)
      ramp(callerWay, isCaller ? 1 : 0, context.currentTime, switchS)
    },
    setMatch: (db) => {
      match.gain.setTargetAtTime(10 ** (db / 20), context.currentTime, 0.02)
    },
    close: () => void context.close(),
  }
}
