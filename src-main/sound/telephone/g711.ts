/** ITU-T G.711: how speech is written on a telephone line, one byte a sample. Samples are 16 bits. */
export type Law = 'ulaw' | 'alaw'

const BIAS = 132
const MU_MOST = 32_635
const A_MOST = 32_767

const topBit = (value: number): number => 31 - Math.clz32(value)

/** Sign, 3 bits of segment, 4 bits within it; all of them inverted. */
const encodeMu = (sample: number): number => {
  const magnitude = Math.min(Math.abs(sample), MU_MOST) + BIAS
  const segment = topBit(magnitude) - 7
  const code = (segment << 4) | ((magnitude >> (segment + 3)) & 15)
  return ~(code | (sample < 0 ? 128 : 0)) & 255
}

const decodeMu = (byte: number): number => {
  const code = ~byte & 255
  const magnitude = ((((code & 15) << 3) + BIAS) << ((code >> 4) & 7)) - BIAS
  return code & 128 ? 0 - magnitude : magnitude
}

/** The sign bit is set for positive values; every second bit is inverted. */
const encodeA = (sample: number): number => {
  // There is no zero: what is not positive belongs to the first negative step.
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, A_MOST)
  const segment = Math.max(0, topBit(magnitude | 1) - 7)
  const code = (segment << 4) | ((magnitude >> (segment === 0 ? 4 : segment + 3)) & 15)
  return (code | (sample < 0 ? 0 : 128)) ^ 0x55
}

const decodeA = (byte: number): number => {
  const code = byte ^ 0x55
  const segment = (code >> 4) & 7
  const base = ((code & 15) << 4) + 8
  const magnitude = segment === 0 ? base : (base + 256) << (segment - 1)
  return code & 128 ? magnitude : -magnitude
}

const laws = {
  ulaw: { encode: encodeMu, decode: decodeMu },
  alaw: { encode: encodeA, decode: decodeA },
} as const

/** The byte of a 16-bit sample. */
export const encode = (law: Law, sample: number): number => laws[law].encode(sample)

/** The 16-bit sample of a byte. */
export const decode = (law: Law, byte: number): number => laws[law].decode(byte)

const tables = new Map<Law, Float32Array>()

const tableOf = (law: Law): Float32Array => {
  const known = tables.get(law)
  if (known) return known
  const table = Float32Array.from({ length: 65_536 }, (_, at) => {
    const byte = encode(law, at - 32_768)
    return decode(law, byte) / 32_768
  })
  tables.set(law, table)
  return table
}

/** Replaces samples from −1 to 1 by what is left of them at the other end of the line. */
export const overTheLine = (law: Law) => {
  const table = tableOf(law)
  return (samples: Float64Array, count: number) => {
    for (let i = 0; i < count; i += 1) {
      const sample = Math.round((samples[i] ?? 0) * 32_768)
      samples[i] = table[Math.max(0, Math.min(65_535, sample + 32_768))] ?? 0
    }
  }
}
