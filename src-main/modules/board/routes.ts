import { Readable } from 'node:stream'
import * as api from '#contract/board'
import type { AskedBy } from '#contract/live-conferences'
import { handle, json, type Call, type Principal, type Route } from '../../platform/http/route.ts'
import type { Board } from './board.ts'
import { historyTable } from './history-csv.ts'
import type { Of } from './store.ts'

const ofCall = ({ accountId, params }: Pick<Call, 'accountId' | 'params'>): Of => ({
  accountId,
  conferenceId: params.conference_id ?? '',
})

export const boardRoutes = (deps: {
  board: Board
  askedBy: (principal: Principal) => AskedBy
}): Route[] => {
  const { board, askedBy } = deps
  return [
    handle(api.board, async (call) => json(await board.look(ofCall(call)))),
    handle(api.quality, async (call) => json(await board.quality(ofCall(call)))),
    handle(api.history, async (call) => {
      const { before = Number.MAX_SAFE_INTEGER, limit, talking } = call.query
      return json(await board.history.before(ofCall(call), { before, limit, talking }))
    }),
    handle(api.bookmark, async (call) =>
      json(await board.bookmark(ofCall(call), call.data.text, askedBy(call.principal))),
    ),
    handle(api.historyCsv, (call) => {
      const of = ofCall(call)
      return {
        kind: 'binary',
        contentType: 'text/csv',
        filename: `${of.conferenceId}-history.csv`,
        body: Readable.from(historyTable(board.history.all(of))),
      }
    }),
    handle(api.listen, async (call) => ({
      kind: 'binary',
      contentType: 'audio/x-l16; rate=8000; channels=1',
      inline: true,
      body: await board.listen(ofCall(call), call.signal),
    })),
  ]
}
