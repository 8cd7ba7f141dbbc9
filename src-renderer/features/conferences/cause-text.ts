const texts: Readonly<Record<string, string>> = {
  USER_BUSY: 'Busy.',
  NO_ANSWER: 'Nobody answered.',
  NO_USER_RESPONSE: 'The phone did not react.',
  CALL_REJECTED: 'The call was declined.',
  UNALLOCATED_NUMBER: 'There is no such number.',
  NO_ROUTE_DESTINATION:
    'There is no way to this number: no conference or phone here has it, and no trunk is set.',
  USER_NOT_REGISTERED: 'No phone is registered there.',
  INCOMPATIBLE_DESTINATION: 'The phone knows none of our codecs.',
  ORIGINATOR_CANCEL: 'The call was given up.',
  RECOVERY_ON_TIMER_EXPIRE: 'The phone cannot be reached.',
  DESTINATION_OUT_OF_ORDER: 'The phone cannot be reached.',
}

/** A hang-up cause as people say it; one without words of its own as it is. */
export const causeText = (cause: string): string => texts[cause] ?? `Not connected: ${cause}`
