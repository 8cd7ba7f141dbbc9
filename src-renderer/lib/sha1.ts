const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits))

/** The message, a one bit, zeros, and its length in bits as 64: a whole number of 16-word blocks. */
const paddedBlocks = (bytes: Uint8Array): DataView => {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, bytes.length * 8)
  return view
}

const schedule = (blocks: DataView, offset: number): Int32Array => {
  const words = new Int32Array(80)
  for (let t = 0; t < 16; t++) words[t] = blocks.getInt32(offset + t * 4)
  const at = (t: number) => words[t] ?? 0
  for (let t = 16; t < 80; t++)
    words[t] = rotate(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1)
  return words
}

const mix = (t: number, b: number, c: number, d: number): number => {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}

/**
 * SHA-1 (FIPS 180-4) in hex, the form Crossbar credentials travel in. Not WebCrypto: a page served over
 * plain HTTP from another machine has none, and that is where a login is needed.
 */
export const sha1 = (text: string): string => {
  const blocks = paddedBlocks(new TextEncoder().encode(text))
  let state: [number, number, number, number, number] = [
    0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0,
  ]
  for (let offset = 0; offset < blocks.byteLength; offset += 64) {
    let [a, b, c, d, e] = state
    schedule(blocks, offset).forEach((word, t) => {
      const next = (rotate(a, 5) + mix(t, b, c, d) + e + word) | 0
      ;[a, b, c, d, e] = [next, a, rotate(b, 30), c, d]
    })
    const [h0, h1, h2, h3, h4] = state
    state = [(h0 + a) | 0, (h1 + b) | 0, (h2 + c) | 0, (h3 + d) | 0, (h4 + e) | 0]
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
