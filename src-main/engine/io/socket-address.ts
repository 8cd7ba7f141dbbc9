import { isIPv4, isIPv6 } from 'node:net'

/** A host is an IP address in plain text. */
export type Address = { readonly host: string; readonly port: number }

const mapped = '::ffff:'

/** A socket for both families shows IPv4 addresses as IPv6 ones; everybody else writes them plainly. */
export const plainHost = (host: string): string =>
  host.startsWith(mapped) && isIPv4(host.slice(mapped.length)) ? host.slice(mapped.length) : host

/** How a socket that is bound to `from` writes the address; undefined when it cannot reach it. */
export const reachable = (from: string, to: string): string | undefined => {
  if (isIPv4(from)) return isIPv4(to) ? to : undefined
  if (isIPv6(to)) return to
  return isIPv4(to) && from === '::' ? mapped + to : undefined
}
