import { createHash, randomBytes } from 'node:crypto'

/** Tags need 32 random bits, branches and Call-IDs must never come again (RFC 3261 §19.3, §8.1.1). */
export const newTag = (): string => randomBytes(8).toString('hex')
export const newBranch = (): string => `z9hG4bK${randomBytes(12).toString('hex')}`
export const newCallId = (host: string): string => `${randomBytes(16).toString('hex')}@${host}`

const seed = randomBytes(16).toString('hex')

/** The same tag for the same text, for answers that keep no state (§8.2.7). */
export const tagOf = (text: string): string =>
  createHash('sha256').update(seed).update(text).digest('hex').slice(0, 16)
