import { silentLog } from '../platform/log.ts'
import { createEngine } from './engine.ts'
import { describeEngine } from './test/contract.ts'

describeEngine('our engine', (scope, limits) => createEngine({ scope, log: silentLog, ...limits }))
