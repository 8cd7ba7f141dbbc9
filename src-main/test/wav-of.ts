type Format = { sampleRateHz: number; channels: number; bits: number }

/** Bytes of samples as a PCM wav file. Written without the product's own code. */
export const wavFile = ({ sampleRateHz, channels, bits }: Format, data: Buffer): Buffer => {
  const frameBytes = (channels * bits) / 8
  const pad = data.length % 2
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + data.length + pad, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(sampleRateHz, 24)
  header.writeUInt32LE(sampleRateHz * frameBytes, 28)
  header.writeUInt16LE(frameBytes, 32)
  header.writeUInt16LE(bits, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(data.length, 40)
  return Buffer.concat([header, data, Buffer.alloc(pad)])
}

/** A wav of 16 bits with these interleaved samples. */
export const wavOf = (
  { buffer, byteOffset, byteLength }: Int16Array,
  { channels, sampleRateHz = 8000 }: { channels: number; sampleRateHz?: number },
): Buffer =>
  wavFile({ sampleRateHz, channels, bits: 16 }, Buffer.from(buffer, byteOffset, byteLength))
