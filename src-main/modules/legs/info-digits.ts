import { valuesOf, type IncomingCall } from '../../sip/sip.ts'

const digits = '0123456789*#ABCD'

/**
 * The digit of an INFO: `application/dtmf-relay` says `Signal=5`, by number above 9 in some phones, `application/dtmf`
 * the digit alone. A status when it says none.
 */
export const digitOfInfo = ({
  headers,
  body,
}: Pick<IncomingCall['request'], 'headers' | 'body'>): { digit: string } | { status: number } => {
  const type = valuesOf({ headers }, 'content-type')[0]?.split(';', 1)[0]?.trim().toLowerCase()
  if (body.length === 0) return { status: 200 }
  const text = body.subarray(0, 200).toString('latin1')
  const said =
    type === 'application/dtmf-relay'
      ? /^\s*signal\s*=\s*(\S{1,2})\s*$/im.exec(text)?.[1]
      : type === 'application/dtmf'
        ? text.trim()
        : null
  if (said === null) return { status: 415 }
  const digit = /^1[0-5]$/.test(said ?? '') ? digits[Number(said)] : said?.toUpperCase()
  return digit?.length === 1 && digits.includes(digit) ? { digit } : { status: 400 }
}
