import type { CustomChannelVars } from '#contract/participants'
import type { Documents } from '../../platform/documents/documents.ts'
import type { Leg } from '../legs/legs.ts'

/** Whose phone a leg is, as KAZOO's channels carry it (seed: custom_channel_vars). */
export const channelVarsOf =
  (deps: { documents: Pick<Documents, 'find'>; domainOf: (accountId: string) => string }) =>
  ({ accountId, device }: Leg): CustomChannelVars => {
    const realm = deps.domainOf(accountId)
    if (!device) return { account_id: accountId, realm }
    const body = deps.documents.find({ accountId, type: 'device', id: device.id })?.body
    const { owner_id: owner, sip } = body ?? {}
    const username =
      typeof sip === 'object' && sip !== null && 'username' in sip ? sip.username : undefined
    return {
      ...{ account_id: accountId, authorizing_id: device.id, authorizing_type: 'device', realm },
      ...(typeof owner === 'string' && { owner_id: owner }),
      ...(typeof username === 'string' && { username, presence_id: `${username}@${realm}` }),
    }
  }
