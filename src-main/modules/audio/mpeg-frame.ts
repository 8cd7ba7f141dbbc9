// Kilobits a second by [MPEG-1, MPEG-2 and 2.5] × layer × index 1 to 14 (ISO 11172-3, 13818-3).
const bitrates: Record<string, readonly number[]> = {
  '1-1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const rates = [44_100, 48_000, 32_000]

/** Length of the MPEG audio frame at `at`, or undefined when there is none. */
export const frameLength = (bytes: Buffer, at: number): number | undefined => {
  if (at + 4 > bytes.length || bytes.readUInt16BE(at) < 0xffe0) return undefined
  const versionBits = (bytes.readUInt8(at + 1) >> 3) & 3 // 0: 2.5, 2: 2, 3: 1
  const layer = 4 - ((bytes.readUInt8(at + 1) >> 1) & 3)
  const third = bytes.readUInt8(at + 2)
  const family = versionBits === 3 ? 1 : 2
  const kbps = bitrates[`${family}-${layer}`]?.[(third >> 4) - 1]
  const rate = rates[(third >> 2) & 3]
  if (versionBits === 1 || kbps === undefined || rate === undefined) return undefined
  const rateHz = rate / (versionBits === 3 ? 1 : versionBits === 2 ? 2 : 4)
  const padding = (third >> 1) & 1
  if (layer === 1) return (Math.floor((12_000 * kbps) / rateHz) + padding) * 4
  const perFrame = layer === 3 && family === 2 ? 72_000 : 144_000
  return Math.floor((perFrame * kbps) / rateHz) + padding
}

/** What does not change from frame to frame of one recording: version, layer, rate, mono or not. */
export const frameKind = (bytes: Buffer, at: number): number => {
  const isMono = bytes.readUInt8(at + 3) >> 6 === 3 ? 1 : 0
  return ((bytes.readUInt8(at + 1) & 0xfe) << 8) | (bytes.readUInt8(at + 2) & 0x0c) | isMono
}

/** Of layer 3, by a frame's kind; undefined for the other layers. */
export const samplesPerFrame = (kind: number): number | undefined => {
  if (((kind >> 9) & 3) !== 1) return undefined
  return ((kind >> 11) & 3) === 3 ? 1152 : 576
}

const SEARCHED = 4096
const ENOUGH = 3

/** Whether MPEG audio frames follow each other from `at` to the end, or at least three of them. */
const framesFrom = (bytes: Buffer, at: number): boolean => {
  let next = at
  for (let found = 0; found < ENOUGH; found += 1) {
    if (found > 0 && next >= bytes.length) return true
    const length = frameLength(bytes, next)
    if (length === undefined) return false
    next += length
  }
  return true
}

/** Whether the file begins with MPEG audio: headers that fit each other, so that no text passes. */
export const hasMpegFrames = (head: Buffer): boolean => {
  if (framesFrom(head, 0)) return true
  for (let at = 1; at < Math.min(SEARCHED, head.length - SEARCHED); at += 1) {
    if (head[at] === 0xff && framesFrom(head, at)) return true
  }
  return false
}
