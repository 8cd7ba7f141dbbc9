import { expect, it } from 'vitest'
import { createInterest } from './interest.ts'

const setUp = () => {
  const told: string[] = []
  const interest = createInterest([
    { refusal: (binding) => (binding === 'plain' ? undefined : null) },
    {
      refusal: (binding) => (binding.startsWith('costly.') ? undefined : null),
      interest: ({ accountId, binding }, isWanted) =>
        told.push(`${accountId} ${binding} ${isWanted ? 'wanted' : 'not wanted'}`),
    },
  ])
  const of = (...bindings: string[]) => bindings.map((binding) => ({ accountId: 'a', binding }))
  return { told, of, changed: interest.changed }
}

it('is told of the first who listens and of the last who leaves, whichever way', () => {
  const { told, of, changed } = setUp()
  const [one, other] = [{}, {}]
  changed(one, of('plain'))
  changed(one, of('plain', 'costly.1'))
  changed(other, of('costly.1'))
  changed(one, of('plain', 'costly.1', 'costly.2'))
  expect(told).toEqual(['a costly.1 wanted', 'a costly.2 wanted'])
  told.length = 0

  changed(one, [])
  changed(one, [])
  changed(other, of('plain'))
  expect(told).toEqual(['a costly.2 not wanted', 'a costly.1 not wanted'])
})

it('keeps accounts apart', () => {
  const { told, of, changed } = setUp()
  changed({}, of('costly.1'))
  changed({}, [{ accountId: 'b', binding: 'costly.1' }])
  expect(told).toEqual(['a costly.1 wanted', 'b costly.1 wanted'])
})
