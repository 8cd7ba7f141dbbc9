import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import type { CustomChannelVars } from '#contract/participants'
import type { Documents } from '../../platform/documents/documents.ts'
import type { Leg } from '../legs/legs.ts'

/** Whose phone a leg is, as KAZOO's channels carry it (seed: custom_channel_vars). */
export const channelVarsOf =
  (deps: {
    documents: Pick<Documents, 'find'>
    domainOf: (accountId: string) => string
    nowMs: () => number
  }) =>
  ({ accountId, device, callId, legId }: Leg): CustomChannelVars => {
    const realm = deps.domainOf(accountId)
    const seconds = Math.floor(deps.nowMs() / 1000) + GREGORIAN_OFFSET_S
    const call = {
      ...{ account_id: accountId, realm, precedence: 5, bridge_id: callId, fetch_id: legId },
      call_interaction_id: `${seconds}-${legId.slice(0, 8)}`,
    }
    if (!device) return call
    const body = deps.documents.find({ accountId, type: 'device', id: device.id })?.body
    const { owner_id: owner, sip } = body ?? {}
    const username =
      typeof sip === 'object' && sip !== null && 'username' in sip ? sip.username : undefined
    return {
      ...{ ...call, authorizing_id: device.id, authorizing_type: 'device' },
      ...(typeof owner === 'string' && { owner_id: owner }),
      ...(typeof username === 'string' && { username, presence_id: `${username}@${realm}` }),
    }
  }
