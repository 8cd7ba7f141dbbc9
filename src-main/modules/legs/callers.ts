import { isIP } from 'node:net'
import { parseAddresses, valuesOf, type IncomingCall } from '../../sip/sip.ts'
import type { Party } from './types.ts'

type Request = IncomingCall['request']

const longestName = 128
const longestNumber = 64
const longestDialled = 128
/** Of no language, and fit to break a line or turn a text round: controls, formats, line and paragraph separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A text of the other side, fit to be shown. */
export const shown = (text: string, longest: number): string =>
  Array.from(text.replaceAll(invisible, '').trim()).slice(0, longest).join('')

/** The user part that was called; undefined when there is none that anybody could have meant. */
export const dialledOf = ({ uri }: Request): string | undefined => {
  const user = 'user' in uri ? uri.user?.split(';', 1)[0] : undefined
  if (user === undefined || user === '' || user.length > longestDialled) return undefined
  return user.search(invisible) >= 0 ? undefined : user
}

/**
 * The domain a call is for. Who calls the address of this machine means the domain of its own phone; realms are never
 * addresses.
 */
export const domainCalled = ({ uri, from }: Request): string => {
  const called = 'host' in uri ? uri.host : ''
  const own = 'host' in from.uri ? from.uri.host : ''
  return isIP(called) > 0 && isIP(own) === 0 ? own : called
}

/** Who calls. P-Asserted-Identity (RFC 3325) counts where its sender is trusted to have checked it. */
export const callerOf = (request: Request, isTrusted: boolean): Party => {
  const asserted = isTrusted
    ? valuesOf(request, 'p-asserted-identity').flatMap((value) => parseAddresses(value) ?? [])
    : []
  const address = asserted[0] ?? request.from
  const { uri } = address
  const user = 'user' in uri ? (uri.user ?? uri.host) : uri.text.replace(/^tel:/i, '')
  const number = shown(user.split(';', 1)[0] ?? '', longestNumber)
  return { name: shown(address.displayName, longestName) || number, number }
}
