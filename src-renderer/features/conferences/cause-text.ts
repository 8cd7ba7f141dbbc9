import { hangupCauses, type HangupCause } from '#contract/hangup-causes'

const texts: Readonly<Record<HangupCause, string>> = {
  UNALLOCATED_NUMBER: 'There is no such number.',
  NO_ROUTE_DESTINATION:
    'There is no way to this number: no conference or phone here has it, and no trunk is set.',
  NORMAL_CLEARING: 'The call was hung up.',
  USER_BUSY: 'Busy.',
  NO_USER_RESPONSE: 'The phone did not react.',
  NO_ANSWER: 'Nobody answered.',
  SUBSCRIBER_ABSENT: 'The phone is switched off.',
  CALL_REJECTED: 'The call was declined.',
  NUMBER_CHANGED: 'The number has changed.',
  EXCHANGE_ROUTING_ERROR: 'The other side sent the call round in circles.',
  DESTINATION_OUT_OF_ORDER: 'The phone cannot be reached.',
  INVALID_NUMBER_FORMAT: 'The other side does not understand this number. Check how it is written.',
  FACILITY_REJECTED: 'This is a conference: two that hear each other would never end.',
  NORMAL_UNSPECIFIED: 'The call failed, and the other side did not say why.',
  NORMAL_CIRCUIT_CONGESTION: 'All lines there are busy. Try again later.',
  NETWORK_OUT_OF_ORDER: 'There is no network to call over. See Phones for whether SIP is running.',
  NORMAL_TEMPORARY_FAILURE:
    'The call failed for now: there may be no host of this name, or the other side has a fault.',
  SWITCH_CONGESTION: 'No more calls can be made now. Try again when others have ended.',
  SERVICE_UNAVAILABLE: 'The other side does not take calls.',
  BEARERCAPABILITY_NOTIMPL: 'The other side does not take calls of this kind.',
  SERVICE_NOT_IMPLEMENTED: 'The other side does not take calls of this kind.',
  INCOMPATIBLE_DESTINATION: 'The phone knows none of our codecs.',
  RECOVERY_ON_TIMER_EXPIRE: 'The phone cannot be reached.',
  INTERWORKING: 'The other side does not understand the call.',
  ORIGINATOR_CANCEL: 'Called off.',
  ALLOTTED_TIMEOUT: 'The call took as long as it may.',
  MEDIA_TIMEOUT: 'Nothing was heard from the phone any more.',
  USER_NOT_REGISTERED: 'No phone is registered there.',
  INVALID_URL: 'This is no address that can be called. Check how it is written.',
  SYSTEM_SHUTDOWN: 'This application or the other side was being switched off.',
  MANAGER_REQUEST: 'The call was ended by somebody who looks after it.',
}

const isKnown = (cause: string): cause is HangupCause => Object.hasOwn(hangupCauses, cause)

/** A hang-up cause as people say it; one without words of its own as it is. */
export const causeText = (cause: string): string =>
  isKnown(cause) ? texts[cause] : `Not connected: ${cause}`
