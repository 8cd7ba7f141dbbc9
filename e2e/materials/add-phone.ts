import { startCallPhone, type CallPhone } from '../../src-main/test/call-phone.ts'
import type { Api } from '../api.ts'

/** A device of the account, and the phone that is it; whoever asks for it closes it. */
export const addPhone = async (api: Api, user: string, displayName: string): Promise<CallPhone> => {
  const password = 'open-sesame'
  const device = { name: displayName, sip: { username: user, password } }
  await api.call('PUT', `/v2/accounts/${api.accountId}/devices`, device)
  await api.call('PATCH', '/studio/sip', { port: 0 })
  const { address } = await api.call<{ address: string }>('GET', '/studio/sip/server')
  return startCallPhone(address, { user, password, displayName })
}
