/** The program of the engine's thread: sockets, files and the clock around the core that decides. */
import type { Level, Log } from '../platform/log.ts'
import { createScope } from '../platform/scope.ts'
import { starter } from '../platform/workers/companion.ts'
import { createCore } from './core.ts'
import { createHealth } from './health.ts'
import { createClock } from './io/clock.ts'
import { createPcmReader } from './io/pcm-reader.ts'
import { openDatagramSocket } from './io/socket.ts'
import { createWavWriter } from './io/wav-writer.ts'
import { failure, type EngineOptions, type FromThread, type ToThread } from './messages.ts'
import type { EngineEvent } from './port.ts'

const { data: options, ...main } = starter<EngineOptions>()
const post = (message: FromThread) => main.post(message)

const createThreadLog = (bound: Record<string, unknown>): Log => {
  const at = (level: Level) => (message: string, fields?: Record<string, unknown>) =>
    post({ kind: 'log', level, message, fields: { ...bound, ...fields } })
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => createThreadLog({ ...bound, ...fields }),
  }
}

let events: EngineEvent[] = []
const flush = () => {
  if (events.length > 0) post({ kind: 'events', events })
  events = []
}
const emit = (event: EngineEvent) => {
  if (events.length === 0) queueMicrotask(flush)
  events.push(event)
}

const scope = createScope('engine')
const log = createThreadLog({})
const health = createHealth()
const core = createCore({
  options,
  health,
  log,
  emit,
  io: {
    openSocket: openDatagramSocket,
    openPcm: createPcmReader({ scope }),
    openWav: (wav) => createWavWriter({ ...wav, scope }),
    nowMs: () => performance.now(),
  },
})
const clock = createClock({
  health,
  tick: (skipped) => {
    core.tick(skipped)
    if (!core.isBusy()) clock.stop()
  },
})
scope.add(core.close)
scope.add(clock.stop)

const perform = async ({ id, name, args }: Extract<ToThread, { kind: 'command' }>) => {
  let answer: FromThread
  try {
    // The face is typed; what is between the threads is not.
    const command = core.commands[name] as (...given: readonly unknown[]) => unknown
    answer = { kind: 'done', id, value: await command(...args) }
  } catch (error) {
    answer = failure(id, error)
  }
  flush()
  post(answer)
  if (core.isBusy()) clock.start()
}

const close = async () => {
  await scope.dispose()
  flush()
  main.leave()
}

main.onMessage((message) => {
  const given = message as ToThread
  if (given.kind === 'command') void perform(given)
  else void close()
})
post({ kind: 'ready' })
