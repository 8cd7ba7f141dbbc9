/** What a stream held next. */
export type Frame =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** Two empty lines: the peer asks for one back (RFC 5626 §4.4.1). */
  | { readonly kind: 'ping' }
  /** Where the next message would begin is unknown: read what there is, then close. */
  | { readonly kind: 'broken'; readonly bytes: Buffer; readonly why: string }

export type Framer = {
  /** Takes bytes as they came, in pieces of any size, and gives what they complete. */
  push: (bytes: Buffer) => Frame[]
}

const headLimit = 32_768
const bodyLimit = 65_535
const headEnd = Buffer.from('\r\n\r\n')

/**
 * Cuts a stream into messages by Content-Length (RFC 3261 §18.3). After a broken frame everything is ignored.
 */
export const createFramer = (): Framer => {
  let held = Buffer.alloc(0)
  let isBroken = false
  /** Where the search for the end of the head goes on, so that slow senders do not cost quadratic time. */
  let searched = 0

  const broken = (why: string): Frame => {
    const frame: Frame = { kind: 'broken', bytes: held, why }
    isBroken = true
    held = Buffer.alloc(0)
    return frame
  }

  /** Empty lines between messages: pairs are pings, single ones are what answers them. */
  const takeLines = (): Frame | undefined => {
    while (held.length >= 2 && held[0] === 13 && held[1] === 10) {
      const isPing = held.length >= 4 && held[2] === 13 && held[3] === 10
      held = held.subarray(isPing ? 4 : 2)
      if (isPing) return { kind: 'ping' }
    }
    return undefined
  }

  const takeMessage = (): Frame | undefined => {
    const end = held.indexOf(headEnd, Math.max(0, searched - 3))
    searched = end < 0 ? held.length : end
    if (end > headLimit || (end < 0 && held.length > headLimit)) return broken('head too large')
    if (end < 0) return undefined
    const length = bodyLengthOf(held.toString('latin1', 0, end))
    if (length === undefined) return broken('no usable Content-Length')
    if (length > bodyLimit) return broken('body too large')
    const size = end + headEnd.length + length
    if (held.length < size) return undefined
    const bytes = held.subarray(0, size)
    held = held.subarray(size)
    searched = 0
    return { kind: 'message', bytes }
  }

  return {
    push: (bytes) => {
      if (isBroken) return []
      held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes])
      const frames: Frame[] = []
      for (;;) {
        const frame = takeLines() ?? takeMessage()
        if (!frame) return frames
        frames.push(frame)
      }
    },
  }
}

/** Undefined when the head has none, more than one, or one that is no number. */
const bodyLengthOf = (head: string): number | undefined => {
  const fields = [...head.matchAll(/\r\n(?:content-length|l)[ \t]*:([^\r]*(?:\r\n[ \t][^\r]*)*)/gi)]
  const text = fields[0]?.[1]?.trim() ?? ''
  return fields.length === 1 && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
