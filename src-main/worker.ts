/** The program of a worker thread: everything that may take long, by name. */
import { serveTasks } from './platform/workers/serve-tasks.ts'
import { tasks as measuring } from './modules/measuring/tasks.ts'
import { tasks as waveforms } from './modules/waveforms/tasks.ts'

serveTasks({ ...measuring, ...waveforms })
