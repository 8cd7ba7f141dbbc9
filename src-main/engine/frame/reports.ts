import type { LegStatistics } from '../port.ts'
import type { Reception } from './receiver.ts'
import type { SenderReport } from './sender.ts'

export type Reports = {
  /**
   * The report to be sent now, or undefined: the first after 2.5 s at most, then one every 5 s on average. To be asked
   * every second or so. The bytes are valid until the next call.
   */
  readonly due: (nowMs: number) => Uint8Array | undefined
  /** A packet that is RTCP. False: it was damaged. */
  readonly receive: (packet: Uint8Array, nowMs: number) => boolean
  /** The last packet of a leg. */
  readonly bye: (nowMs: number) => Uint8Array
  readonly statistics: () => Pick<LegStatistics, 'remoteLost' | 'roundTripMs'>
}

export type ReportsOptions = {
  /** Says nothing of who or where we are: random, and the same for a leg's life (RFC 7022). */
  readonly cname: string
  readonly sender: { readonly report: () => SenderReport }
  readonly receiver: { readonly reception: () => Reception | undefined }
  /** From 0 to 1. */
  readonly random: () => number
}
