import type { Answer, IncomingRequest } from '../core/types.ts'
import { beginRepeat, stepRepeat } from '../dialog/repeat.ts'
import type { RepeatCommand, RepeatEvent, RepeatState } from '../dialog/repeat.ts'
import { valuesOf } from '../message/headers.ts'
import { createRunner, type After } from '../transaction/run.ts'

/** Provisional responses that are repeated until their PRACK, one after the other (RFC 3262). */
export type Reliable = {
  /** Sends one; not while another waits. */
  readonly ring: (status: number, answer: Answer) => void
  /** Runs when nothing waits for its PRACK any more. */
  readonly inTurn: (run: () => void) => void
  readonly takePrack: (message: IncomingRequest) => void
  /** Forgets what waits. */
  readonly stop: () => void
}

export const createReliable = (deps: {
  after: After
  random: () => number
  /** CSeq of the INVITE. */
  cseq: number
  respond: (status: number, answer: Answer) => void
  /** Nobody acknowledged it. */
  silent: () => void
}): Reliable => {
  const { after, cseq, respond } = deps
  let turns: (() => void)[] = []
  let rseq = 1 + Math.floor(deps.random() * 2 ** 20)
  let pending: { rseq: number; confirm: () => void } | undefined

  const next = () => {
    for (let run = turns.shift(); run; run = pending ? undefined : turns.shift()) run()
  }

  return {
    ring: (status, { headers = [], ...rest }) => {
      rseq += 1
      const own = [
        { name: 'Require', value: '100rel' },
        { name: 'RSeq', value: String(rseq) },
      ]
      const send = () => respond(status, { ...rest, headers: [...headers, ...own] })
      const repeater = createRunner<RepeatState, RepeatEvent, RepeatCommand>({
        state: beginRepeat('provisional'),
        step: stepRepeat,
        after,
        ended: () => {
          pending = undefined
          next()
        },
        perform: ({ type }) => {
          if (type === 'send-again') send()
          else {
            turns = []
            deps.silent()
          }
        },
      })
      pending = { rseq, confirm: () => repeater.tell({ type: 'confirmed' }) }
      send()
      repeater.tell({ type: 'begin' })
    },
    inTurn: (run) => {
      if (pending) turns.push(run)
      else run()
    },
    takePrack: ({ request, respond: answer }) => {
      const [rack] = valuesOf(request, 'rack')
      if (!pending || rack?.replaceAll(/\s+/g, ' ') !== `${pending.rseq} ${cseq} INVITE`) {
        answer(481)
        return
      }
      answer(200)
      pending.confirm()
    },
    stop: () => {
      turns = []
      pending?.confirm()
    },
  }
}
