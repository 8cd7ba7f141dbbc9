/** The samples of a wav of 16 or 32 bits, channel by channel in turn. Read without the product's code. */
export const samplesOf = (wav: Buffer): number[] => {
  let at = 12
  let bits = 16
  while (wav.toString('latin1', at, at + 4) !== 'data') {
    if (wav.toString('latin1', at, at + 4) === 'fmt ') bits = wav.readUInt16LE(at + 22)
    at += 8 + wav.readUInt32LE(at + 4)
  }
  const width = bits / 8
  const count = wav.readUInt32LE(at + 4) / width
  return Array.from({ length: count }, (_, index) => wav.readIntLE(at + 8 + index * width, width))
}
