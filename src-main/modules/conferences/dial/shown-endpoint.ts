const longest = 200

/**
 * An endpoint of a dial where others read it: of a SIP URI neither its password nor the headers it wants (RFC 3261 §19.1.1),
 * of an object its name.
 */
export const shownEndpoint = (endpoint: unknown): string => {
  if (typeof endpoint === 'string')
    return endpoint
      .slice(0, longest)
      .replace(/^(sips?:[^:@]*):[^@]*@/i, '$1@')
      .replace(/^(sips?:[^?]*)\?.*$/i, '$1')
  const { name, id } = (endpoint ?? {}) as Readonly<Record<string, unknown>>
  const named = [name, id].find((each) => typeof each === 'string')
  return typeof named === 'string' ? named.slice(0, longest) : 'a phone'
}
