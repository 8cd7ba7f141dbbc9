import type { Task } from '../../platform/workers/workers.ts'
import { findTakes, measureList, measureStored } from './passes.ts'

export const tasks = {
  measure_stored: measureStored,
  measure_list: measureList,
  find_takes: findTakes,
} satisfies Record<string, Task>
