import { createHash, randomBytes } from 'node:crypto'

/** SIP as text, for phones of tests: written apart from the stack they talk to. */
export type PhoneMessage = {
  /** Undefined in requests. */
  readonly status: number | undefined
  readonly reason: string
  /** Of a request, or of what is answered. */
  readonly method: string
  readonly uri: string
  /** Values of a header field, in order. */
  readonly all: (name: string) => string[]
  readonly one: (name: string) => string
  readonly body: string
  readonly text: string
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
export const token = (): string => randomBytes(6).toString('hex')

export const readText = (text: string): PhoneMessage => {
  const end = text.indexOf('\r\n\r\n')
  const [start = '', ...lines] = text.slice(0, end).split('\r\n')
  const fields = lines.map((line) => line.split(/:\s*(.*)/s).slice(0, 2))
  const all = (name: string) =>
    fields.flatMap(([key = '', value = '']) =>
      key.toLowerCase() === name.toLowerCase() ? [value] : [],
    )
  const [, status, reason = ''] = /^SIP\/2\.0 (\d{3}) (.*)$/.exec(start) ?? []
  const [, method = '', uri = ''] = /^(\S+) (\S+) SIP\/2\.0$/.exec(start) ?? []
  const one = (name: string) => all(name)[0] ?? ''
  return {
    ...{ reason, uri, all, one, text, body: text.slice(end + 4) },
    status: status === undefined ? undefined : Number(status),
    method: status === undefined ? method : (one('CSeq').split(' ')[1] ?? ''),
  }
}

const parameters = (challenge: string): Map<string, string> =>
  new Map(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, bare]) => [
      name.toLowerCase(),
      quoted ?? bare ?? '',
    ]),
  )

/** RFC 2617 with qop=auth. */
export const authorization = (
  challenge: string,
  request: { method: string; uri: string; user: string; password: string },
): string => {
  const given = parameters(challenge)
  const { method, uri, user, password } = request
  const realm = given.get('realm') ?? ''
  const nonce = given.get('nonce') ?? ''
  const cnonce = token()
  const ha1 = md5(`${user}:${realm}:${password}`)
  const response = md5(`${ha1}:${nonce}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`)
  return `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"`
}

/** The challenge of a 401 that phones know, by its parameter: a nonce has these letters now and then. */
export const challengeOf = ({ all }: Pick<PhoneMessage, 'all'>): string =>
  all('WWW-Authenticate').find((each) => parameters(each).get('algorithm') === 'MD5') ?? 'Digest'
