import { valuesOf, type Header } from '../../sip/sip.ts'

/** Hang-up causes of FreeSWITCH by name; those below 128 are ITU-T Q.850's. */
const numbers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    UNALLOCATED_NUMBER: 1,
    NO_ROUTE_DESTINATION: 3,
    NORMAL_CLEARING: 16,
    USER_BUSY: 17,
    NO_USER_RESPONSE: 18,
    NO_ANSWER: 19,
    SUBSCRIBER_ABSENT: 20,
    CALL_REJECTED: 21,
    NUMBER_CHANGED: 22,
    EXCHANGE_ROUTING_ERROR: 25,
    DESTINATION_OUT_OF_ORDER: 27,
    INVALID_NUMBER_FORMAT: 28,
    NORMAL_UNSPECIFIED: 31,
    NORMAL_CIRCUIT_CONGESTION: 34,
    NETWORK_OUT_OF_ORDER: 38,
    NORMAL_TEMPORARY_FAILURE: 41,
    SWITCH_CONGESTION: 42,
    SERVICE_UNAVAILABLE: 63,
    BEARERCAPABILITY_NOTIMPL: 65,
    SERVICE_NOT_IMPLEMENTED: 79,
    INCOMPATIBLE_DESTINATION: 88,
    RECOVERY_ON_TIMER_EXPIRE: 102,
    INTERWORKING: 127,
    ORIGINATOR_CANCEL: 487,
    ALLOTTED_TIMEOUT: 602,
    MEDIA_TIMEOUT: 604,
    INVALID_URL: 610,
    SYSTEM_SHUTDOWN: 701,
    MANAGER_REQUEST: 703,
  }),
)

const firstOfFreeSwitch = 128

/** What FreeSWITCH makes of the status a call was refused with (mod_sofia, after RFC 4497 §8.4.4). */
const statuses: readonly (readonly [cause: string, ...statuses: number[]])[] = [
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

export const causeOfStatus = (status: number): string =>
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
