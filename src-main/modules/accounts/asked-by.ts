import type { AskedBy } from '#contract/live-conferences'
import type { Documents } from '../../platform/documents/documents.ts'
import type { Principal } from '../../platform/http/route.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Says to people who asked for something. A user who was deleted since is known by the id alone. */
export const createAskedBy =
  (deps: { documents: Pick<Documents, 'find'>; launchToken: string }) =>
  ({ accountId, ownerId, token }: Principal): AskedBy => {
    if (token === deps.launchToken) return { kind: 'application' }
    if (ownerId === undefined) return { kind: 'api_key' }
    const body = deps.documents.find({ accountId, type: 'user', id: ownerId })?.body
    const name = `${text(body?.first_name)} ${text(body?.last_name)}`.trim() || text(body?.username)
    return { kind: 'user', user_id: ownerId, name }
  }
