/** A message of RFC 4475. */
export type TortureMessage = {
  /** The RFC's file name. */
  readonly name: string
  readonly section: string
  readonly bytes: Buffer
}

/**
 * The notation of RFC 4475 §2 as bytes: `<allOneLine>` joins lines, `<repeat count=N>` repeats, `<hex>` holds bytes.
 * The line break at the beginning is not part of the message; lines end in CRLF.
 */
export const wire = (text: string): Buffer => {
  const joined = text
    .slice(1)
    .replaceAll(
      /<hex>([^<]*)<\/hex>/g,
      (_, digits: string) => `<hex>${digits.replaceAll(/\s/g, '')}</hex>`,
    )
    .replaceAll(/<allOneLine>\n([^]*?)\n<\/allOneLine>/g, (_, lines: string) =>
      lines.replaceAll('\n', ''),
    )
    .replaceAll(/<repeat count=(\d+)>([^<]*)<\/repeat>/g, (_, count: string, part: string) =>
      part.repeat(Number(count)),
    )
    .replaceAll('\n', '\r\n')
  const parts = joined.split(/<hex>([^<]*)<\/hex>/)
  return Buffer.concat(parts.map((part, i) => Buffer.from(part, i % 2 === 1 ? 'hex' : 'utf8')))
}

/** The session most of them carry, without the last line break. */
export const sdp = (host: string, start = 0): string => `v=0
o=mhandley 29739 7272939 IN IP4 ${host}
s=-
c=IN IP4 ${host}
t=${start} 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC`
