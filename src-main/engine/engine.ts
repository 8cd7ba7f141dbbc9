/**
 * Our engine: the port's commands, carried out in a thread of its own so that nothing the application does can be heard.
 */
import type { Log } from '../platform/log.ts'
import type { Scope } from '../platform/scope.ts'
import type { CommandName, Commands, EngineOptions } from './messages.ts'
import type { Engine, EngineEvent } from './port.ts'
import { startEngineThread, type EngineThread } from './thread.ts'

/** A bug that every start meets must not keep the machine busy. */
const reviveMs = 1_000

/**
 * Resolves once it takes commands. When its thread dies another one takes its place, which has no legs and rooms. Disposing
 * the scope ends it with all its legs, rooms and recordings.
 */
export const createEngine = async (
  deps: { scope: Scope; log: Log; program?: URL; reviveMs?: number } & Partial<EngineOptions>,
): Promise<Engine> => {
  const { scope, log } = deps
  const listeners = new Set<(event: EngineEvent) => void>()
  const tell = (event: EngineEvent) => {
    for (const listener of [...listeners]) {
      try {
        listener(event)
      } catch (error) {
        log.error('a listener of the engine failed', { error, event: event.event })
      }
    }
  }
  const options = {
    ports: deps.ports ?? { from: 16_384, to: 32_767 },
    mediaTimeoutMs: deps.mediaTimeoutMs ?? 20_000,
    limits: deps.limits ?? { legs: 1_000, rooms: 10_000 },
  }
  let thread: EngineThread | undefined
  const start = async () => {
    const own = scope.child('thread')
    const onEvent = (event: EngineEvent) => {
      tell(event)
      if (event.event !== 'failed' || !thread) return
      void own.dispose()
      // Also told of a thread that dies while it starts.
      scope.timeout(() => void start().catch(() => undefined), deps.reviveMs ?? reviveMs)
    }
    const { program } = deps
    thread = await startEngineThread({
      ...{ scope: own, log, options, onEvent, ...(program && { program }) },
    })
    return thread
  }
  const first = await start()
  const command = <N extends CommandName>(name: N, ...args: Parameters<Commands[N]>) =>
    (thread ?? first).command(name, ...args)

  return {
    capabilities: {
      relate: true,
      gain: true,
      floor: true,
      energy: true,
      record: true,
      recordLeg: true,
      listen: true,
      sendDigits: true,
      rates: [8000, 16000],
      codecs: ['PCMU', 'PCMA', 'L16'],
    },
    openLeg: (leg) => command('openLeg', leg),
    connectLeg: (legId, audio) => command('connectLeg', legId, audio),
    closeLeg: (legId) => command('closeLeg', legId),
    openRoom: (room) => command('openRoom', room),
    closeRoom: (roomId) => command('closeRoom', roomId),
    join: (legId, roomId, member) => command('join', legId, roomId, member),
    leave: (legId) => command('leave', legId),
    setMember: (legId, change) => command('setMember', legId, change),
    relate: (legId, otherLegId, how) => command('relate', legId, otherLegId, how),
    play: (play) => command('play', play),
    stopPlay: (playId) => command('stopPlay', playId),
    record: (recording) => command('record', recording),
    stopRecord: (recordingId) => command('stopRecord', recordingId),
    listen: (listening) => command('listen', listening),
    stopListen: (listenId) => command('stopListen', listenId),
    sendDigits: (legId, digits) => command('sendDigits', legId, digits),
    observe: (roomId) => command('observe', roomId),
    statistics: (legId) => command('statistics', legId),
    health: () => command('health'),
    on: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
