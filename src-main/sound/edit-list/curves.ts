import type { Curve } from '#contract/edit-list'

/** sox's `fade t`, `q` and `h`: the gain at x, 0 to 1, of the way from silence to full. */
export const gainAt: Readonly<Record<Curve, (x: number) => number>> = {
  linear: (x) => x,
  sine: (x) => Math.sin((x * Math.PI) / 2),
  cosine: (x) => (1 - Math.cos(x * Math.PI)) / 2,
}

/** The factor of a gain, as it is given to sox's `vol`. */
export const factorOf = (gainDb: number): number => 10 ** (gainDb / 20)
