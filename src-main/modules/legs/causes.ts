import { hangupCauses, type HangupCause } from '#contract/hangup-causes'
import { valuesOf, type Header } from '../../sip/sip.ts'

const numbers: ReadonlyMap<string, number> = new Map(Object.entries(hangupCauses))

const firstOfFreeSwitch = 128

/** What FreeSWITCH makes of the status a call was refused with (mod_sofia, after RFC 4497 §8.4.4). */
const statuses: readonly (readonly [cause: HangupCause, ...statuses: number[]])[] = [
  ['CALL_REJECTED', 401, 402, 403, 407, 603],
  ['UNALLOCATED_NUMBER', 404],
  ['NO_ROUTE_DESTINATION', 485, 604],
  ['RECOVERY_ON_TIMER_EXPIRE', 408, 504],
  ['NUMBER_CHANGED', 410],
  ['INTERWORKING', 413, 414, 416, 420, 421, 423, 505, 513],
  ['NO_USER_RESPONSE', 480],
  ['NORMAL_TEMPORARY_FAILURE', 400, 481, 500, 503],
  ['USER_BUSY', 486, 600],
  ['INVALID_NUMBER_FORMAT', 484],
  ['INCOMPATIBLE_DESTINATION', 488, 606],
  ['NETWORK_OUT_OF_ORDER', 502],
  ['SERVICE_UNAVAILABLE', 405],
  ['SERVICE_NOT_IMPLEMENTED', 406, 415, 501],
  ['EXCHANGE_ROUTING_ERROR', 482, 483],
  ['ORIGINATOR_CANCEL', 487],
]

export const causeOfStatus = (status: number): HangupCause =>
  statuses.find(([, ...of]) => of.includes(status))?.[0] ?? 'NORMAL_UNSPECIFIED'

/** The cause a message names in its Reason header field (RFC 3326), if it is one of Q.850 that is known here. */
export const causeOfReason = (
  message: { readonly headers: readonly Header[] } | undefined,
): string | undefined => {
  const said = (message ? valuesOf(message, 'reason') : [])
    .map((value) => /(?:^|,)\s*Q\.850\s*;[^,]*?\bcause\s*=\s*(\d{1,3})\b/i.exec(value)?.[1])
    .find((number) => number !== undefined)
  return [...numbers].find(([, number]) => number === Number(said))?.[0]
}

/** What is told when hanging up: a cause, or words to an ordinary end. */
export const farewellOf = (reason: string): { cause: string; headers: Header[] } => {
  const cause = numbers.has(reason) ? reason : 'NORMAL_CLEARING'
  const number = numbers.get(cause) ?? 0
  const protocol = number < firstOfFreeSwitch ? 'Q.850' : 'FreeSWITCH'
  const text = reason.replaceAll(/[^\p{L}\p{N}\p{P}\p{Z}\p{S}]|["\\]/gu, '').slice(0, 100)
  return {
    cause,
    headers: [{ name: 'Reason', value: `${protocol};cause=${number};text="${text}"` }],
  }
}
