import { silentLog } from '../platform/log.ts'
import { createEngine } from './engine.ts'
import { describeEngine } from './test/contract.ts'

describeEngine('our engine', (scope, { mostLegs = 1_000, ...options } = {}) =>
  createEngine({ scope, log: silentLog, limits: { legs: mostLegs, rooms: 100 }, ...options }),
)
