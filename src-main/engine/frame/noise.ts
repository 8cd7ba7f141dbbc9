/** Levels below it would be no background: −45 dBFS is as loud as it gets. */
const LOUDEST = 100

/**
 * White noise of a level as FreeSWITCH has it: what full scale is divided by, so 1 would be the loudest; 1,000 is
 * −65 dBFS. Every room makes the same, which nobody can hear.
 */
export const createNoise = (level: number): { readonly addTo: (sum: Int32Array) => void } => {
  const peak = 32_768 / Math.max(LOUDEST, level)
  let state = 1
  return {
    addTo: (sum) => {
      for (let i = 0; i < sum.length; i += 1) {
        // The generator of Numerical Recipes, modulo 2³²; its upper bits are the random ones.
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
        sum[i] = (sum[i] ?? 0) + Math.round((state / 2 ** 31) * peak)
      }
    },
  }
}
