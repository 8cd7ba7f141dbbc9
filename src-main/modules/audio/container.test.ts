import { describe, expect, it } from 'vitest'
import { withBytes } from './bytes.ts'
import { identify } from './container.ts'

const kindOf = (bytes: Buffer | string) =>
  withBytes(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, 'latin1'), identify)

const transportStream = (packet: number) => {
  const bytes = Buffer.alloc(packet * 3, 0x11)
  for (let at = packet - 188; at < bytes.length; at += packet) bytes[at] = 0x47
  return bytes
}

describe('identify', () => {
  it.each([
    ['\0\0\0\x20ftypisom\0\0\x02\0', 'mp4', 'video/mp4'],
    ['\0\0\0\x20ftypmp42\0\0\x02\0', 'mp4', 'video/mp4'],
    ['\0\0\0\x20ftypM4A \0\0\x02\0', 'mp4', 'audio/mp4'],
    ['\0\0\0\x14ftypqt  \0\0\x02\0', 'quicktime', 'video/quicktime'],
    ['\0\0\x07\x08moov\0\0\0\x6cmvhd', 'quicktime', 'video/quicktime'],
    ['\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 'webm', 'video/webm'],
    ['FLV\x01\x05\0\0\0\x09', 'flv', 'video/x-flv'],
    ['\0\0\x01\xba\x44\0\x04\0', 'mpeg', 'video/mpeg'],
    ['\0\0\x01\xb3\x16\0\xf0\xc4', 'mpeg', 'video/mpeg'],
    [transportStream(188), 'mpeg', 'video/mpeg'],
    [transportStream(192), 'mpeg', 'video/mpeg'],
    ['\0\0\0\x01\x67\x42\0\x1e', 'h264', 'video/h264'],
    ['\0\0\x01\x09\xf0\0\0\x01\x67', 'h264', 'video/h264'],
  ])('leaves video and MP4 untouched (%#)', async (bytes, container, contentType) => {
    const kind = await kindOf(bytes)

    expect(kind).toMatchObject({ container, contentType })
    expect(kind.reason).toContain('stored untouched')
  })

  it.each([
    ['\x01vorbis', 'vorbis', 'ogg'],
    ['OpusHead', 'opus', 'opus'],
    ['Speex   ', 'speex', 'speex'],
  ])('looks into Ogg: %j', async (packet, encoding, soxType) => {
    const page = `OggS\0\x02${'\0'.repeat(20)}\x01\x1e${packet}`

    expect(await kindOf(page)).toMatchObject({
      container: 'ogg',
      contentType: 'audio/ogg',
      encoding,
      soxType,
    })
  })

  it.each([
    'RIFF\0\0\0\0AVI LIST',
    'RIFF is what a text may begin with, too',
    '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska',
    'ÿûÿûÿû is text in a file of its own',
    '\xff\xfb',
    `\xff\xfb\x90\x64${'no second frame '.repeat(100)}`,
    '\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
    '\0'.repeat(5000),
    '<!doctype html><title>404</title>',
    '{"data":{}}',
  ])('is not taken in by %j', async (text) => {
    const kind = await kindOf(text)

    expect(kind).toMatchObject({ container: 'unknown', contentType: 'application/octet-stream' })
    expect(kind.reason).not.toBe('')
  })

  it('finds FLAC behind an ID3 tag', async () => {
    const tag = `ID3\x04\0\0\0\0\x01\x05${'\0'.repeat(133)}`

    expect(await kindOf(`${tag}fLaC${'\0'.repeat(40)}`)).toMatchObject({ container: 'flac' })
  })

  it('finds MP3 behind a few bytes of junk', async () => {
    const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])
    const file = Buffer.concat([Buffer.alloc(100), ...Array.from({ length: 20 }, () => frame)])

    expect(await kindOf(file)).toMatchObject({ container: 'mp3' })
  })

  it('takes a single MP3 frame for a whole file', async () => {
    const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])

    expect(await kindOf(frame)).toMatchObject({ container: 'mp3' })
  })
})
