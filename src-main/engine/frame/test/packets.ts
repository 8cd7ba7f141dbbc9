import { readRtp, rtpHeader, type RtpHeader } from '../rtp.ts'

/** A packet as it was sent: its header, and a copy of its payload. */
type SentPacket = RtpHeader & { readonly body: Uint8Array }

/** Keeps what is sent. Throws if it is no RTP. */
export const collectPackets = () => {
  const packets: SentPacket[] = []
  const send = (bytes: Uint8Array) => {
    const header = rtpHeader()
    if (!readRtp(bytes, header)) throw new Error('no RTP')
    packets.push({ ...header, body: bytes.slice(header.from, header.to) })
  }
  return { packets, send }
}
