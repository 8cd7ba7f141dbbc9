import * as api from '#contract/dialling'
import type { AskedBy } from '#contract/live-conferences'
import { handle, json, type Principal, type Route } from '../../../platform/http/route.ts'
import type { Dialling } from './dial.ts'

/** What can be done to a dial that goes on; it is begun by an action of Crossbar. */
export const dialRoutes = (deps: {
  dialling: Pick<Dialling, 'cancel'>
  askedBy: (principal: Principal) => AskedBy
}): Route[] => [
  handle(api.cancelDial, async ({ accountId, params, data, principal }) => {
    const callIds = await deps.dialling.cancel({
      ...{ accountId, conferenceId: params.conference_id ?? '', jobId: params.job_id ?? '' },
      ...{ callId: data.call_id, by: deps.askedBy(principal) },
    })
    return json({ call_ids: callIds })
  }),
]
