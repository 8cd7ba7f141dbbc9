import { listOf, valuesOf } from '../message/headers.ts'
import type { Header, SipMessage, SipRequest, SipResponse } from '../message/message.ts'
import { start, stop, type Step } from '../transaction/machine.ts'

/** An agreement to prove now and then that the call still exists (RFC 4028). */
export type SessionTimer = { readonly intervalS: number; readonly isOurs: boolean }

/** Shorter is refused with 422; the RFC's own least. */
export const leastS = 90
const usualS = 1_800

/** What every INVITE and UPDATE of ours asks for. */
export const askedTimer = (timer: SessionTimer | undefined): Header[] => [
  { name: 'Session-Expires', value: offeredValue(timer) },
  { name: 'Min-SE', value: String(leastS) },
]
const offeredValue = (timer: SessionTimer | undefined) => {
  if (!timer) return String(usualS)
  // Who refreshes stays who did (§7.4); in a request of ours, `uac` is us.
  return `${timer.intervalS};refresher=${timer.isOurs ? 'uac' : 'uas'}`
}

type Expires = { readonly seconds: number; readonly refresher: 'uac' | 'uas' | undefined }

const expiresOf = (message: SipMessage): Expires | undefined => {
  const [, seconds, refresher] =
    /^(\d{1,9})\s*(?:;.*?\brefresher\s*=\s*(uac|uas)\b.*)?(?:;.*)?$/i.exec(
      valuesOf(message, 'session-expires')[0] ?? '',
    ) ?? []
  if (seconds === undefined) return undefined
  const who = refresher?.toLowerCase()
  return { seconds: Number(seconds), refresher: who === 'uac' || who === 'uas' ? who : undefined }
}

/** What a request for a session agrees to, and the header fields of its 2xx; `refused` is due a 422. */
export const agreeAsServer = (
  request: SipRequest,
): { timer: SessionTimer | undefined; headers: Header[] } | 'refused' => {
  const knows = listOf(request, 'supported').some((tag) => tag.toLowerCase() === 'timer')
  const asked = expiresOf(request)
  if (!asked && !knows) return { timer: undefined, headers: [] }
  if (asked && asked.seconds < leastS) {
    if (knows) return 'refused'
    // A proxy put it there for a phone that knows nothing of it: we may not go below our least either.
    return { timer: undefined, headers: [] }
  }
  const [minimum = '0'] = valuesOf(request, 'min-se')
  const intervalS = asked?.seconds ?? Math.max(usualS, Number.parseInt(minimum, 10) || 0)
  const refresher = knows ? (asked?.refresher ?? 'uac') : 'uas'
  return {
    timer: { intervalS, isOurs: refresher === 'uas' },
    headers: [
      { name: 'Session-Expires', value: `${intervalS};refresher=${refresher}` },
      ...(refresher === 'uac' ? [{ name: 'Require', value: 'timer' }] : []),
    ],
  }
}

/** What the 2xx to our request agrees to; undefined when the other side wants no timer. */
export const agreedAsClient = (response: SipResponse): SessionTimer | undefined => {
  const agreed = expiresOf(response)
  if (!agreed) return undefined
  return { intervalS: Math.max(agreed.seconds, leastS), isOurs: agreed.refresher !== 'uas' }
}

export type TimerState = { readonly phase: 'running' | 'terminated' }
export type TimerEvent =
  | { readonly type: 'agreed'; readonly timer: SessionTimer | undefined }
  | { readonly type: 'over' }
  | { readonly type: 'timer'; readonly timer: string }
export type TimerWork = { readonly type: 'send-refresh' } | { readonly type: 'deliver-expiry' }

/** Refreshes at half the interval when that is ours; otherwise hangs up shortly before it has passed (§10). */
export const stepTimer = (state: TimerState, event: TimerEvent): Step<TimerState, TimerWork> => {
  const none = [stop('refresh'), stop('expire')]
  if (event.type === 'over') return { state: { phase: 'terminated' }, commands: none }
  if (event.type === 'timer') {
    const isRefresh = event.timer === 'refresh'
    return { state, commands: [{ type: isRefresh ? 'send-refresh' : 'deliver-expiry' }] }
  }
  if (!event.timer) return { state, commands: none }
  const { intervalS, isOurs } = event.timer
  const graceS = Math.min(32, intervalS / 3)
  const expiry = start('expire', (intervalS - graceS) * 1_000)
  const refresh = start('refresh', (intervalS / 2) * 1_000)
  return { state, commands: [...none, expiry, ...(isOurs ? [refresh] : [])] }
}
