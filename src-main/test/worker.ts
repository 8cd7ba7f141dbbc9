/** A worker thread's program for tests. */
import { AppError } from '../platform/errors.ts'
import { serveTasks } from '../platform/workers/serve-tasks.ts'
import type { TaskContext } from '../platform/workers/workers.ts'

const gate = (shared: SharedArrayBuffer) => new Int32Array(shared)

serveTasks({
  double: (value: number) => value * 2,
  count: (upTo: number, { post }: TaskContext) => {
    for (let i = 1; i <= upTo; i += 1) post(i)
    return 'counted'
  },
  refuse: () => {
    throw new AppError('tool_missing', { message: 'no sox here' })
  },
  fail: () => {
    throw Object.assign(new TypeError('broken'), { code: 'ENOSPC' })
  },
  die: () => process.exit(3),
  /** Says that it runs, and waits until it is let go. */
  wait: (shared: SharedArrayBuffer) => {
    Atomics.add(gate(shared), 0, 1)
    Atomics.notify(gate(shared), 0)
    Atomics.wait(gate(shared), 1, 0)
    return Atomics.load(gate(shared), 0)
  },
})
