import { expect, it } from 'vitest'
import { createRandom } from '../../test/random.ts'
import { createCallBench, sdp } from '../test/call-bench.ts'

/** One call over a link that loses a fifth and reorders the rest; who does what when is random, too. */
const play = async (seed: number) => {
  const bench = createCallBench()
  const { pair, incoming, hasRung, owner, invite } = bench
  const random = createRandom(seed)
  pair.link = () => (random.next() < 0.2 ? false : random.integer(1, 400))
  const script = random.pick(['cancel early', 'refuse', 'cancel late', 'hang up'])
  const pause = () => pair.run(random.integer(0, 3_000))

  const out = invite()
  await pause()
  if (hasRung()) incoming().ring(180)
  if (script === 'cancel early') out.cancel()
  await pause()
  const isAccepted = hasRung() && script !== 'refuse'
  if (isAccepted) incoming().accept(sdp('bob'), owner('bob'))
  else if (hasRung()) incoming().reject(486)
  await pause()
  if (script === 'cancel late') out.cancel()
  await pair.run(35_000)
  // What rang too late to be answered rings until somebody gives up.
  out.cancel()
  await pair.run(70_000)
  const outcome = await out.outcome
  if (outcome.kind === 'answered') outcome.call.bye()
  await pair.run(110_000)
  return {
    ...bench,
    outcome,
    isAccepted,
    label: JSON.stringify({ seed, script, trace: pair.trace }),
  }
}

it('ends every call on both sides, tells both owners once, and leaves nothing', async () => {
  let answered = 0
  for (let seed = 0; seed < 100; seed += 1) {
    const { pair, ends, outcome, isAccepted, label } = await play(seed)
    if (outcome.kind === 'answered') answered += 1
    expect([pair.ann.count(), pair.bob.count(), pair.clock.pending()], label).toEqual([0, 0, 0])
    expect(ends.ann.length, label).toBe(outcome.kind === 'answered' ? 1 : 0)
    expect(ends.bob.length, label).toBe(isAccepted ? 1 : 0)
    if (outcome.kind === 'answered') expect(isAccepted, label).toBe(true)
  }
  expect(answered).toBeGreaterThan(20)
}, 120_000)
