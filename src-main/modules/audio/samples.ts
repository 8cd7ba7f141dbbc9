/** The same bytes, where numbers of `width` bytes may begin. */
const aligned = (bytes: Buffer, width: number): Buffer =>
  bytes.byteOffset % width === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer)

/** 16 or 32 bits, big-endian: what sox writes in au files. The bytes are turned in place. */
export const bigEndian = {
  16: (block: Buffer): Int16Array<ArrayBuffer> => {
    const { buffer, byteOffset, length } = aligned(block, 2).swap16()
    return new Int16Array(buffer as ArrayBuffer, byteOffset, length / 2) // Node makes no others
  },
  32: (block: Buffer): Int32Array<ArrayBuffer> => {
    const { buffer, byteOffset, length } = aligned(block, 4).swap32()
    return new Int32Array(buffer as ArrayBuffer, byteOffset, length / 4)
  },
}

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
