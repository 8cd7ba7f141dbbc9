/** An engine's thread for tests that answers one command, and dies of the next. */
import { starter } from '../../platform/workers/companion.ts'
import type { FromThread, ToThread } from '../messages.ts'

const { post, onMessage } = starter<unknown>()
const answer = (message: FromThread) => post(message)

onMessage((message) => {
  const given = message as ToThread
  if (given.kind === 'close') process.exit(0)
  else if (given.name === 'health') answer({ kind: 'done', id: given.id, value: 'well' })
  else throw new Error('a bug')
})
answer({ kind: 'ready' })
