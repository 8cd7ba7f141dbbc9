/** Modified Bessel function of order 0, by its series. */
const bessel0 = (x: number): number => {
  let [sum, term] = [1, 1]
  for (let k = 1; term > sum * 1e-16; k += 1) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

/** Kaiser's window at `x`, −1 to 1 and 0 outside; the larger `beta`, the more it dampens. */
export const kaiser = (x: number, beta: number): number =>
  Math.abs(x) >= 1 ? 0 : bessel0(beta * Math.sqrt(1 - x * x)) / bessel0(beta)

const cosines = (size: number, terms: readonly number[]): Float64Array =>
  Float64Array.from({ length: size }, (_, i) =>
    terms.reduce((sum, term, k) => sum + term * Math.cos((2 * Math.PI * k * i) / size), 0),
  )

/** Narrow peaks, side lobes from −31 dB down. */
export const hann = (size: number): Float64Array => cosines(size, [0.5, -0.5])

/** Wider peaks, side lobes below −92 dB: for telling apart what is loud and what is not there. */
export const blackmanHarris = (size: number): Float64Array =>
  cosines(size, [0.35875, -0.48829, 0.14128, -0.01168])
