import type { SipUri } from '../../sip/sip.ts'

/** Parameters that tell two URIs apart even when only one of them has it. */
const deciding = ['transport', 'user', 'ttl', 'method', 'maddr']

const isSameText = (a: string | undefined, b: string | undefined): boolean =>
  a?.toLowerCase() === b?.toLowerCase()

const hasSameParams = (a: SipUri, b: SipUri): boolean =>
  deciding.every((name) => isSameText(a.params.get(name), b.params.get(name))) &&
  [...a.params].every(([name, value]) => {
    const other = b.params.get(name)
    return other === undefined || isSameText(value, other)
  })

/** Whether two SIP URIs are equivalent (RFC 3261 §19.1.4): the user with its case, the rest without. */
export const isSameUri = (a: SipUri, b: SipUri): boolean =>
  a.scheme === b.scheme &&
  a.user === b.user &&
  a.password === b.password &&
  a.host === b.host &&
  a.port === b.port &&
  a.headers === b.headers &&
  hasSameParams(a, b)
