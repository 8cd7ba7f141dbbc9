import { describe, expect, it } from 'vitest'
import { floorAfter } from './floor.ts'

const person = (energy: number, talking = true, canHaveFloor = true) => ({
  energy,
  talking,
  canHaveFloor,
})

describe('the floor', () => {
  it('goes to the loudest who talk when nobody has it', () => {
    const [low, loud, quiet] = [person(50), person(90), person(400, false)]
    expect(floorAfter(undefined, [low, loud, quiet])).toBe(loud)
    expect(floorAfter(undefined, [quiet])).toBeUndefined()
  })

  it('stays with who has it, however loud somebody else is, while they talk', () => {
    const [holder, other] = [person(100), person(20_000)]
    expect(floorAfter(holder, [other, holder])).toBe(holder)
  })

  it('stays with who has it while nobody is loud enough to take it', () => {
    const [holder, other] = [person(0, false), person(300)]
    expect(floorAfter(holder, [holder, other])).toBe(holder)
  })

  it('goes over once who has it fell below 100 and somebody is above 300', () => {
    const [holder, other, louder] = [person(99), person(301), person(302)]
    expect(floorAfter(holder, [holder, other])).toBe(other)
    expect(floorAfter(holder, [holder, other, louder])).toBe(louder)
  })

  it('never goes to who cannot have it, and is lost by who cannot have it any more', () => {
    const [holder, other] = [person(5000), person(9000, true, false)]
    expect(floorAfter(undefined, [other])).toBeUndefined()
    expect(floorAfter({ ...holder, canHaveFloor: false }, [other])).toBeUndefined()
  })
})
