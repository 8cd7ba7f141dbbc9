import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createScope, type Scope } from '../../../platform/scope.ts'
import { endWithoutModerator } from './moderation.ts'
import { conferenceOf } from './test/fake-room.ts'

let scope: Scope
beforeEach(() => {
  vi.useFakeTimers()
  scope = createScope('test')
})
afterEach(async () => {
  await scope.dispose()
  vi.useRealTimers()
})

it('ends though the goodbye cannot be said, as behind a tone that never ends', async () => {
  let isThere = true
  const end = vi.fn()
  const look = endWithoutModerator({
    ...{ scope, end, hasModerator: () => isThere },
    conference: conferenceOf({ require_moderator: true }),
    sayGoodbye: () => new Promise(() => undefined),
  })
  look()
  isThere = false
  look()
  await vi.advanceTimersByTimeAsync(39_999)
  expect(end).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(end).toHaveBeenCalledTimes(1)
})

it('goes on when a moderator comes back during the goodbye', async () => {
  let isThere = true
  const end = vi.fn()
  const said = Promise.withResolvers<undefined>()
  const look = endWithoutModerator({
    ...{ scope, end, hasModerator: () => isThere },
    conference: conferenceOf({ require_moderator: true }),
    sayGoodbye: () => said.promise,
  })
  look()
  isThere = false
  look()
  await vi.advanceTimersByTimeAsync(10_000)
  isThere = true
  look()
  said.resolve(undefined)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(end).not.toHaveBeenCalled()
})
