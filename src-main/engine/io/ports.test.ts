import { describe, expect, it } from 'vitest'
import { createPorts } from './ports.ts'

describe('the ports of legs', () => {
  it('are the even ones of the range, each once', () => {
    const ports = createPorts({ from: 16_385, to: 16_391 })

    const given = [ports.take(), ports.take(), ports.take()]

    expect(given.sort()).toEqual([16_386, 16_388, 16_390])
    expect(ports.take()).toBeUndefined()
  })

  it('begin anywhere in the range', () => {
    expect(createPorts({ from: 100, to: 119 }, () => 0).take()).toBe(100)
    expect(createPorts({ from: 100, to: 119 }, () => 0.99).take()).toBe(118)
  })

  it('come again last after they were given back', () => {
    const ports = createPorts({ from: 100, to: 105 }, () => 0)

    ports.giveBack(ports.take() ?? 0)

    expect([ports.take(), ports.take(), ports.take()]).toEqual([102, 104, 100])
  })
})
