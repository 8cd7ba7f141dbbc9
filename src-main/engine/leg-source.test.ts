import { describe, expect, it } from 'vitest'
import { createLegSource } from './leg-source.ts'

const phone = '192.0.2.1'
const nat = '198.51.100.7'
const audio = (port: number) => ({
  remote: { host: phone, port, rtcp: 'mux' as const },
  sources: [phone, nat],
})

const expecting = (port = 4000) => {
  const source = createLegSource()
  source.expect(audio(port))
  return source
}

describe('the source of a leg', () => {
  it('is what was described until something comes', () => {
    expect(expecting().address()).toEqual({ host: phone, port: 4000 })
  })

  it('is the first allowed host that sends, from whatever port', () => {
    const source = expecting()

    expect(source.hears('203.0.113.1', 4000, 0)).toBe('stranger')
    expect(source.hears(nat, 1234, 0)).toBe('new')

    expect(source.hears(phone, 4000, 10)).toBe('stranger')
    expect(source.address()).toEqual({ host: nat, port: 1234 })
  })

  it('moves to another port of its host once the former is silent', () => {
    const source = expecting()
    source.hears(nat, 1234, 0)

    expect(source.hears(nat, 1235, 100)).toBe('stranger')
    expect(source.hears(nat, 1235, 200)).toBe('new')
    expect(source.address()).toEqual({ host: nat, port: 1235 })
  })

  it('moves at once to the port that was described', () => {
    const source = expecting()
    source.hears(phone, 3998, 0)

    expect(source.hears(phone, 4000, 1)).toBe('new')
  })

  it('stays through another agreement about the same remote, and is open to all with another', () => {
    const source = expecting()
    source.hears(nat, 1234, 0)

    source.expect(audio(4000))
    expect(source.address()).toEqual({ host: nat, port: 1234 })

    source.expect(audio(5000))
    expect(source.address()).toEqual({ host: phone, port: 5000 })
    expect(source.hears(nat, 1300, 1)).toBe('new')
  })

  it('is steady after a second from the same place, and not while silent', () => {
    const source = expecting()
    for (let ms = 0; ms <= 1000; ms += 20) source.hears(nat, 1234, ms)

    expect(source.isSteady(990)).toBe(false)
    expect(source.isSteady(1000)).toBe(true)
    expect(source.isSteady(1200)).toBe(false)
  })
})
