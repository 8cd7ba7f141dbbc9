/**
 * A wav file that was written into a pipe has made-up sizes in its header. Returns it with true ones;
 * anything else comes back as it is.
 */
export const withTrueSizes = (wav: Buffer): Buffer => {
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.toString('latin1', 8, 12) !== 'WAVE')
    return wav
  let at = 12
  while (at + 8 <= wav.length && wav.toString('latin1', at, at + 4) !== 'data') {
    const size = wav.readUInt32LE(at + 4)
    at += 8 + size + (size % 2)
  }
  if (at + 8 > wav.length) return wav
  const size = wav.length - at - 8
  if (wav.readUInt32LE(at + 4) <= size) return wav
  const fixed = Buffer.concat([wav, Buffer.alloc(size % 2)])
  fixed.writeUInt32LE(fixed.length - 8, 4)
  fixed.writeUInt32LE(size, at + 4)
  return fixed
}
