import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 256 random bits in hex: tokens and API keys, which are exactly 64 characters. */
export const newSecret = (): string => randomBytes(32).toString('hex')

/** Readable but unguessable: 20 characters of base64url. */
export const newPassword = (): string => randomBytes(15).toString('base64url')

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What clients send instead of a password: hash of `user:password`, the user in lower case (spec: auth). */
export const credentialsOf = (method: 'md5' | 'sha1', username: string, password: string): string =>
  createHash(method).update(`${username.toLowerCase()}:${password}`).digest('hex')

const derive = (text: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(text, salt, 32, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** `salt:key` in hex. The credentials are as good as a password, so they are not kept either. */
export const protect = async (credentials: string): Promise<string> => {
  const salt = randomBytes(16)
  return `${salt.toString('hex')}:${(await derive(credentials, salt)).toString('hex')}`
}

export const isProtectedBy = async (kept: string, credentials: string): Promise<boolean> => {
  const [salt = '', key = ''] = kept.split(':')
  const derived = await derive(credentials, Buffer.from(salt, 'hex'))
  return timingSafeEqual(derived, Buffer.from(key, 'hex'))
}

export const isSameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))
