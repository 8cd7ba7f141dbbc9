import type { Task, TaskContext } from '../../platform/workers/workers.ts'
import { drawStored } from './draw-stored.ts'
import { scanStored, type ScanInput } from './stored.ts'

export const tasks = {
  'waveforms.scan': (input: ScanInput, { post }: TaskContext) => scanStored(input, post),
  'waveforms.draw': drawStored,
} satisfies Record<string, Task>
