/** Turns a whole number of samples as they are stored into 16 bits. */
export type ToS16 = (bytes: Buffer) => Int16Array

const clamp = (value: number): number => Math.max(-32_768, Math.min(32_767, value))

const each =
  (width: number, sampleAt: (bytes: Buffer, offset: number) => number): ToS16 =>
  (bytes) => {
    const samples = new Int16Array(Math.floor(bytes.length / width))
    for (let i = 0; i < samples.length; i += 1) samples[i] = sampleAt(bytes, i * width)
    return samples
  }

const view = (bytes: Buffer): Int16Array => {
  const copy = new Uint8Array(bytes.length - (bytes.length % 2))
  copy.set(bytes.subarray(0, copy.length))
  return new Int16Array(copy.buffer)
}

// ITU-T G.711: sign, 3 bits of segment, 4 bits within it.
const muLaw = (code: number): number => {
  const bits = ~code & 255
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132
  return bits & 128 ? -magnitude : magnitude
}
const aLaw = (code: number): number => {
  const bits = code ^ 0x55
  const segment = (bits >> 4) & 7
  const base = ((bits & 15) << 4) + 8
  const magnitude = segment === 0 ? base : (base + 256) << (segment - 1)
  return bits & 128 ? magnitude : -magnitude
}
const byTable = (decode: (code: number) => number): ToS16 => {
  const table = Int16Array.from({ length: 256 }, (_, code) => decode(code))
  return each(1, (bytes, at) => table[bytes[at] ?? 0] ?? 0)
}

const fromFloat = (value: number): number =>
  Number.isNaN(value) ? 0 : clamp(Math.round(value * 32_768))

/** 16 bits, big-endian: what sox writes in au files. */
export const bigEndian: ToS16 = (bytes) => {
  const samples = view(bytes)
  Buffer.from(samples.buffer).swap16()
  return samples
}

// By format tag and bytes of a sample. Wider samples are rounded, not cut.
const converters: Readonly<Record<string, { encoding: string; toS16: ToS16 }>> = {
  '1-1': { encoding: 'pcm', toS16: each(1, (bytes, at) => ((bytes[at] ?? 128) - 128) << 8) },
  '1-2': { encoding: 'pcm', toS16: view },
  '1-3': {
    encoding: 'pcm',
    toS16: each(3, (bytes, at) => clamp((bytes.readIntLE(at, 3) + 128) >> 8)),
  },
  '1-4': {
    encoding: 'pcm',
    toS16: each(4, (bytes, at) => clamp(Math.round(bytes.readInt32LE(at) / 65_536))),
  },
  '3-4': { encoding: 'float', toS16: each(4, (bytes, at) => fromFloat(bytes.readFloatLE(at))) },
  '3-8': { encoding: 'float', toS16: each(8, (bytes, at) => fromFloat(bytes.readDoubleLE(at))) },
  '6-1': { encoding: 'alaw', toS16: byTable(aLaw) },
  '7-1': { encoding: 'ulaw', toS16: byTable(muLaw) },
}

/** How samples of a wav format are read here; undefined for formats left to sox. */
export const converterOf = (tag: number, sampleBytes: number) => converters[`${tag}-${sampleBytes}`]

const soxEncodings: Readonly<Record<number, string>> = {
  0x02: 'ms-adpcm',
  0x11: 'ima-adpcm',
  0x31: 'gsm',
  0x50: 'mpeg',
  0x55: 'mp3',
}

/** What people call a wav format that is left to sox. */
export const encodingOf = (tag: number): string =>
  soxEncodings[tag] ?? `0x${tag.toString(16).padStart(4, '0')}`

/** Cuts blocks where frames begin. What is left at the end and is no whole frame is dropped. */
export async function* inFrames(blocks: AsyncIterable<Buffer>, frameBytes: number) {
  let rest: Buffer = Buffer.alloc(0)
  for await (const block of blocks) {
    const bytes = rest.length === 0 ? block : Buffer.concat([rest, block])
    const whole = bytes.length - (bytes.length % frameBytes)
    rest = bytes.subarray(whole)
    if (whole > 0) yield bytes.subarray(0, whole)
  }
}
