import type { Task } from '../../platform/workers/workers.ts'
import { findTakes, measureList, measureStored } from './passes.ts'

export const tasks = {
  'measuring.stored': measureStored,
  'measuring.list': measureList,
  'measuring.takes': findTakes,
} satisfies Record<string, Task>
