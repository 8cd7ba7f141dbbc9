import { createHash } from 'node:crypto'

/** Known here. `-sess` forms are neither offered nor answered: nobody needs them without a session. */
const algorithms = ['SHA-256', 'MD5'] as const
export type Algorithm = (typeof algorithms)[number]

export const algorithmOf = (name: string | undefined): Algorithm | undefined =>
  algorithms.find((algorithm) => algorithm === (name ?? 'MD5').toUpperCase())

export type DigestParts = {
  readonly algorithm: Algorithm
  readonly username: string
  readonly realm: string
  readonly password: string
  readonly method: string
  readonly uri: string
  readonly nonce: string
  /** Missing in the form of RFC 2069, which some trunks still speak. */
  readonly auth: { readonly nc: string; readonly cnonce: string } | undefined
}

/** The response of RFC 7616 §3.4.1, in hex. */
export const digestOf = (parts: DigestParts): string => {
  const { algorithm, username, realm, password, method, uri, nonce, auth } = parts
  const hash = (text: string) => createHash(algorithm.replace('-', '')).update(text).digest('hex')
  const secret = hash(`${username}:${realm}:${password}`)
  const said = hash(`${method}:${uri}`)
  return auth
    ? hash(`${secret}:${nonce}:${auth.nc}:${auth.cnonce}:auth:${said}`)
    : hash(`${secret}:${nonce}:${said}`)
}
