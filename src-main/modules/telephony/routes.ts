import * as api from '#contract/sip'
import { handle, json, type Route } from '../../platform/http/route.ts'
import type { Telephony } from './telephony.ts'

/** `domainOf`: the SIP domain of an account. */
export const telephonyRoutes = (
  telephony: Telephony,
  domainOf: (accountId: string) => string,
): Route[] => [
  handle(api.server, ({ accountId }) => {
    const problem = telephony.problem()
    return json({
      address: telephony.address(),
      ...(problem !== undefined && { problem }),
      domain: domainOf(accountId),
    })
  }),
]
