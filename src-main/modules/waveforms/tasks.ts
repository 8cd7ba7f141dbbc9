import type { Task } from '../../platform/workers/workers.ts'

export const tasks = {} satisfies Record<string, Task>
