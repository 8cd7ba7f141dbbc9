/** Numbers that look random and are the same in every run: a xorshift register of 32 bits. */
export const createRandom = (seed: number) => {
  let state = seed | 1
  const unit = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4_294_967_296
  }
  // Small seeds differ in few bits, and so would the first numbers.
  for (let i = 0; i < 8; i += 1) unit()
  return {
    /** From 0 to 1, without 1. */
    unit,
    /** A whole number from 0 to `most` − 1. */
    below: (most: number) => Math.floor(unit() * most),
  }
}
