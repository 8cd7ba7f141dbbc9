import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRowRefresh } from './row-refresh.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const rig = () => {
  const row = vi.fn<(promptId: string) => void>()
  const whole = vi.fn<() => void>()
  return { row, whole, refresh: createRowRefresh({ row, whole }) }
}

describe('createRowRefresh', () => {
  it('asks once for a row that changed several times', () => {
    const { row, whole, refresh } = rig()

    for (const promptId of ['vm-a', 'vm-b', 'vm-a']) refresh.changed(promptId)
    vi.advanceTimersByTime(250)

    expect(row.mock.calls).toEqual([['vm-a'], ['vm-b']])
    expect(whole).not.toHaveBeenCalled()
  })

  it('asks for the whole matrix, once a second, while many rows change', () => {
    const { row, whole, refresh } = rig()

    for (let ms = 0; ms < 3000; ms += 10) {
      refresh.changed(`vm-${ms}`)
      vi.advanceTimersByTime(10)
    }

    expect(row).not.toHaveBeenCalled()
    expect(whole.mock.calls.length).toBeGreaterThanOrEqual(1)
    expect(whole.mock.calls.length).toBeLessThanOrEqual(3)
  })

  it('asks for nothing after it was stopped', () => {
    const { row, refresh } = rig()

    refresh.changed('vm-a')
    refresh.stop()
    vi.advanceTimersByTime(5000)

    expect(row).not.toHaveBeenCalled()
  })
})
