import { beforeEach, expect, it } from 'vitest'
import { createIsTrunk, type IsTrunk } from './trunk.ts'

let host: string
let answers: (readonly string[])[]
let asked: string[]
let nowMs: number
let isTrunk: IsTrunk
beforeEach(() => {
  host = 'trunk.example'
  asked = []
  nowMs = 0
  isTrunk = createIsTrunk({
    host: () => host,
    addressesOf: (name) => {
      asked.push(name)
      return Promise.resolve(answers.shift() ?? [])
    },
    nowMs: () => nowMs,
  })
})

it('is every address of the name, which is looked up once a minute', async () => {
  answers = [['192.0.2.1', '2001:db8::1'], ['192.0.2.2']]
  expect(await isTrunk('192.0.2.1')).toBe(true)
  expect(await isTrunk('2001:DB8:0::1')).toBe(true)
  expect(await isTrunk('192.0.2.2')).toBe(false)
  nowMs = 60_000
  expect(await isTrunk('192.0.2.1')).toBe(true)
  expect(await isTrunk('192.0.2.2')).toBe(true)
  expect(await isTrunk('192.0.2.1')).toBe(false)
  expect(asked).toEqual(['trunk.example', 'trunk.example'])
})

it('is what it was while the name has no address, and another as soon as it is set', async () => {
  answers = [['192.0.2.1'], [], ['192.0.2.9']]
  await isTrunk('192.0.2.1')
  nowMs = 60_000
  await isTrunk('192.0.2.1')
  expect(await isTrunk('192.0.2.1')).toBe(true)
  host = 'other.example'
  expect(await isTrunk('192.0.2.1')).toBe(false)
  expect(await isTrunk('192.0.2.9')).toBe(true)
})

it('is the address that is set, nobody where none is, and nobody of a name without one', async () => {
  answers = []
  expect(await isTrunk('192.0.2.1')).toBe(false)
  host = ''
  expect(await isTrunk('192.0.2.1')).toBe(false)
  host = '192.0.2.1'
  expect(await isTrunk('192.0.2.1')).toBe(true)
  expect(await isTrunk('192.0.2.2')).toBe(false)
  expect(asked).toEqual(['trunk.example'])
})
