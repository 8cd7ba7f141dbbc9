const longest = 200

/** `sip:USER:PASSWORD@…` without the password, however it is wrapped; what is no address stays as it is. */
const withoutPassword = (text: string): string => {
  const at = text.lastIndexOf('@')
  if (at < 0) return text
  const [, before = '', userInfo = ''] = /^(.*?sips?:)?(.*)$/is.exec(text.slice(0, at)) ?? []
  const [user = ''] = userInfo.split(':')
  return `${before}${user}${text.slice(at)}`
}

/**
 * An endpoint of a dial where others read it: of a SIP URI neither its password nor the headers it wants (RFC 3261 §19.1.1),
 * of an object its name. It may be anything: what is refused is shown as well.
 */
export const shownEndpoint = (endpoint: unknown): string => {
  if (typeof endpoint === 'string')
    return withoutPassword(endpoint.trim().replace(/\?.*$/s, '')).slice(0, longest)
  const { name, id } = (endpoint ?? {}) as Readonly<Record<string, unknown>>
  const named = [name, id].find((each) => typeof each === 'string')
  return typeof named === 'string' ? named.slice(0, longest) : 'a phone'
}
