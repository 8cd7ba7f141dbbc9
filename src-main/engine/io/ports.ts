/**
 * The even UDP ports of a range, given out in turn from a random start: a port that was given back is the last to come
 * again, so that late packets of its former call are not taken for those of the next.
 */
export type Ports = {
  /** Undefined: all are taken. */
  readonly take: () => number | undefined
  readonly giveBack: (port: number) => void
  readonly count: number
}

/** Both ends belong to it. RTP is on even ports, RTCP on the odd one above (RFC 3550 §11). */
export type PortRange = { readonly from: number; readonly to: number }

export const createPorts = ({ from, to }: PortRange, random: () => number = Math.random): Ports => {
  const first = from + (from % 2)
  const count = Math.max(0, Math.floor((to - first + 1) / 2))
  const taken = new Set<number>()
  let next = Math.floor(random() * count)

  return {
    count,
    take: () => {
      for (let tried = 0; tried < count; tried += 1) {
        const port = first + 2 * next
        next = (next + 1) % count
        if (taken.has(port)) continue
        taken.add(port)
        return port
      }
      return undefined
    },
    giveBack: (port) => void taken.delete(port),
  }
}
