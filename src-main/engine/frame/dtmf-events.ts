/** Telephone events (RFC 4733): a payload of four bytes: event, end and volume, duration in timestamp units. */

/** The digit of an event is at its index. */
export const DIGITS = '0123456789*#ABCD'

export const EVENT_BYTES = 4
export const EVENT_END = 0x80
/** The longest duration that can be written; longer events go on in another segment (RFC 4733 §2.5.1.3). */
export const LONGEST_DURATION = 0xffff
