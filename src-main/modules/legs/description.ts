import { randomInt } from 'node:crypto'
import {
  answerOffer,
  createOffer,
  readAnswer,
  type AgreedAudio,
  type CodecName,
  type LocalAudio,
  type Refused,
} from '../../sip/sip.ts'

/** What we prefer to talk in. Wideband is last: it costs ten times the bandwidth of G.711 that every phone knows. */
const preference: readonly CodecName[] = ['PCMU', 'PCMA', 'L16']

/** Our side of offers and answers, over the life of a call. */
export type Description = {
  readonly offer: () => Buffer
  /** Answers an offer; one that is refused changes nothing. */
  readonly answer: (
    offer: Buffer,
  ) => { readonly kind: 'answered'; answer: Buffer; agreed: AgreedAudio } | Refused
  /** What an answer to our last offer agrees to. */
  readonly read: (
    answer: Buffer,
  ) => { readonly kind: 'answered'; readonly agreed: AgreedAudio } | Refused
}

export const createDescription = (options: {
  host: string
  port: number
  codecs: readonly CodecName[]
}): Description => {
  const { host, port } = options
  const codecs = preference.filter((name) => options.codecs.includes(name))
  const sessionId = String(randomInt(2 ** 47))
  let version = 1
  let last: Buffer | undefined

  const local = (): LocalAudio => ({
    origin: { sessionId, version: String(version), host },
    ...{ host, port, codecs, direction: 'sendrecv', ptimeMs: 20 },
  })
  /** The version grows with every description that differs from the one before (RFC 3264 §8). */
  const differs = (bytes: Buffer): boolean => {
    if (!last || bytes.equals(last)) return false
    version += 1
    return true
  }

  return {
    offer: () => {
      const same = createOffer(local())
      return (last = differs(same) ? createOffer(local()) : same)
    },
    answer: (offer) => {
      const same = answerOffer(offer, local())
      const result =
        same.kind === 'answered' && differs(same.answer) ? answerOffer(offer, local()) : same
      if (result.kind === 'answered') last = result.answer
      return result
    },
    read: (answer) => readAnswer(answer, local()),
  }
}

/** The header field that says why a description is refused (RFC 3261 §20.43). */
export const warningOf = ({ warning, text }: Refused, host: string) => ({
  name: 'Warning',
  value: `${warning} ${host.includes(':') ? `[${host}]` : host} "${text}"`,
})
