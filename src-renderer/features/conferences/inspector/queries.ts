import { queryOptions } from '@tanstack/react-query'
import * as board from '#contract/board'
import { toApiError } from '../../../api/api-error.ts'
import { call, urlOf } from '../../../api/client.ts'
import { useSession } from '../../../api/session.ts'
import type { QualityLook } from './quality-text.ts'

type Quality = {
  readonly now: readonly board.LegQuality[]
  readonly before: readonly board.LegQuality[]
}

const everyMs = 5000

/** How sound arrives, looked at again while it is shown. Not below ['conferences']: events make that old all the time. */
export const qualityQuery = (conferenceId: string, instanceId: string | undefined) => {
  const queryKey = ['conference-quality', conferenceId, instanceId] as const
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Quality> => {
      const params = { conference_id: conferenceId }
      const now = await call(board.quality, { params, signal })
      return { now, before: client.getQueryData<Quality>(queryKey)?.now ?? [] }
    },
    refetchInterval: everyMs,
    // The last two looks are what is compared.
    staleTime: everyMs,
    gcTime: everyMs * 2,
  })
}

export const lookAt = (quality: Quality, participantId: number): QualityLook | undefined => {
  const isOne = ({ participant_id: id }: board.LegQuality) => id === participantId
  const now = quality.now.find(isOne)
  return now && { now, before: quality.before.find(isOne) }
}

/** What somebody in the conference hears, as it happens. */
export const openListenStream =
  (conferenceId: string) =>
  async (signal: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
    const address = urlOf(board.listen, { params: { conference_id: conferenceId } })
    const token = useSession.getState().token ?? ''
    const response = await fetch(address, { headers: { 'X-Auth-Token': token }, signal })
    if (response.ok && response.body) return response.body
    throw toApiError(response.status, await response.json().catch(() => undefined))
  }
