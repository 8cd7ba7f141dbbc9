/** Somebody who may get the floor, or lose it. */
export type Candidate = {
  readonly talking: boolean
  readonly energy: number
  readonly canHaveFloor: boolean
}

/** FreeSWITCH's marks: so loud somebody has to be to take the floor, and so quiet who has it, to lose it. */
const TAKES = 300
const LOSES = 100

/**
 * Who has the floor after a frame: once somebody has it, they keep it while they are heard, through their pauses too, until
 * somebody else talks and they do not. A free floor goes to the loudest who talk.
 */
export const floorAfter = <T extends Candidate>(
  holder: T | undefined,
  candidates: readonly T[],
): T | undefined => {
  const keeper = holder?.canHaveFloor === true ? holder : undefined
  if (keeper && keeper.energy >= LOSES) return keeper
  let best: T | undefined
  for (const candidate of candidates) {
    if (!candidate.talking || !candidate.canHaveFloor || candidate === keeper) continue
    if (keeper && candidate.energy <= TAKES) continue
    if (!best || candidate.energy > best.energy) best = candidate
  }
  return best ?? keeper
}
