/** A session description (RFC 8866), as far as telephone audio needs it. */
export type Sdp = {
  readonly origin: Origin
  /** `c=` of the session: an IP literal or a name. */
  readonly host: string | undefined
  readonly attributes: readonly Attribute[]
  readonly media: readonly Media[]
}

/** Who made it; the version grows with every change. Both numbers are texts of digits, as they may be 64 bits long. */
export type Origin = {
  readonly sessionId: string
  readonly version: string
  readonly host: string
}

/** `a=name` or `a=name:value`. */
export type Attribute = { readonly name: string; readonly value: string | undefined }

export type Media = {
  /** `audio`, `video`, … */
  readonly kind: string
  /** 0 is a refused stream. */
  readonly port: number
  /** `RTP/AVP`. */
  readonly protocol: string
  /** Payload types for RTP. */
  readonly formats: readonly string[]
  /** Its own `c=`. */
  readonly host: string | undefined
  readonly attributes: readonly Attribute[]
}

const limits = { bytes: 16_384, lines: 500, media: 32 }

/** Undefined when it is none, or larger than any phone needs. Line ends may be LF alone. */
export const parseSdp = (bytes: Buffer): Sdp | undefined => {
  if (bytes.length > limits.bytes) return undefined
  const lines = bytes.toString('utf8').split(/\r\n|\n/)
  while (lines.at(-1) === '') lines.pop()
  if (lines.length > limits.lines || lines[0] !== 'v=0') return undefined
  if (lines.some((line) => !/^[a-z]=/.test(line))) return undefined
  const starts = lines.flatMap((line, at) => (line.startsWith('m=') ? [at] : []))
  const origin = readOrigin(lines[1] ?? '')
  const head = lines.slice(2, starts[0] ?? lines.length)
  const media = starts.map((at, i) => readMedia(lines.slice(at, starts[i + 1] ?? lines.length)))
  const host = readHost(head)
  if (!origin || host === null || media.length > limits.media) return undefined
  const known = media.filter((one) => one !== undefined)
  if (known.length < media.length) return undefined
  return { origin, host, attributes: readAttributes(head), media: known }
}

const readOrigin = (line: string): Origin | undefined => {
  const [, sessionId = '', version = '', host = ''] =
    /^o=\S+ (\d{1,20}) (\d{1,20}) IN IP[46] (\S+)$/.exec(line) ?? []
  return host === '' ? undefined : { sessionId, version, host }
}

/** Null when a `c=` is there and wrong. */
const readHost = (lines: readonly string[]): string | undefined | null => {
  const line = lines.find((one) => one.startsWith('c='))
  if (line === undefined) return undefined
  // A time to live or a number of addresses behind a slash belongs to multicast.
  return /^c=IN IP[46] ([0-9A-Za-z.:-]+)(?:\/\d+)*$/.exec(line)?.[1] ?? null
}

const readAttributes = (lines: readonly string[]): Attribute[] =>
  lines
    .filter((line) => line.startsWith('a='))
    .map((line) => {
      const [name = '', value] = line.slice(2).split(/:(.*)/s)
      return { name, value: value?.trim() }
    })

const readMedia = ([first = '', ...lines]: readonly string[]): Media | undefined => {
  const [, kind = '', portText = '', protocol = '', formats = ''] =
    /^m=([\w-]+) (\d{1,5})(?:\/\d+)? ([\w/.-]+) (\S.*)$/.exec(first) ?? []
  const port = Number(portText)
  const host = readHost(lines)
  if (formats === '' || port > 65_535 || host === null) return undefined
  return {
    ...{ kind, port, protocol, host },
    formats: formats.trim().split(/ +/),
    attributes: readAttributes(lines),
  }
}

export const serialiseSdp = ({ origin, host, attributes, media }: Sdp): Buffer => {
  const lines = [
    'v=0',
    `o=- ${origin.sessionId} ${origin.version} IN ${family(origin.host)} ${origin.host}`,
    's=-',
    ...hostLine(host),
    't=0 0',
    ...attributes.map(attributeLine),
    ...media.flatMap((one) => [
      `m=${one.kind} ${one.port} ${one.protocol} ${one.formats.join(' ')}`,
      ...hostLine(one.host),
      ...one.attributes.map(attributeLine),
    ]),
  ]
  if (lines.some((line) => /[\r\n]/.test(line)))
    throw new Error('a line break inside a line of SDP')
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8')
}

const family = (host: string) => (host.includes(':') ? 'IP6' : 'IP4')
const hostLine = (host: string | undefined) =>
  host === undefined ? [] : [`c=IN ${family(host)} ${host}`]
const attributeLine = ({ name, value }: Attribute) =>
  value === undefined ? `a=${name}` : `a=${name}:${value}`

/** The value of an attribute; '' when it has none, undefined when it is not there. */
export const attributeOf = (
  { attributes }: { readonly attributes: readonly Attribute[] },
  name: string,
): string | undefined => {
  const found = attributes.find((attribute) => attribute.name === name)
  return found && (found.value ?? '')
}
