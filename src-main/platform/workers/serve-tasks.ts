import { parentPort } from 'node:worker_threads'
import { packError, type Task, type TaskCall, type TaskReply } from './task.ts'

/** Runs, in a thread, one task after the other as they are asked for. */
export const serveTasks = (tasks: Readonly<Record<string, Task>>) => {
  const port = parentPort
  if (!port) throw new Error('tasks are served in a worker thread only')
  const reply = (answer: TaskReply) => port.postMessage(answer)

  const perform = async ({ task, input }: TaskCall) => {
    try {
      const run = tasks[task]
      if (!run) throw new Error(`no task is called "${task}"`)
      const post = (message: unknown) => reply({ kind: 'message', message })
      reply({ kind: 'done', output: await run(input as never, { post }) })
    } catch (error) {
      reply(packError(error))
    }
  }

  port.on('message', (call: TaskCall) => void perform(call))
}
