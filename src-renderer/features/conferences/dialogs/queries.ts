import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import * as devices from '#contract/devices'
import { cancelDial } from '#contract/dialling'
import * as media from '#contract/media'
import * as studio from '#contract/studio'
import * as users from '#contract/users'
import { call, callEnvelope, callPage, fetchBinary } from '../../../api/client.ts'

/** All of them: an account has few, and a search looks at every one. */
const whole = { query: { paginate: 'false' } as object }

export const devicesQuery = queryOptions({
  queryKey: ['devices', 'list'],
  queryFn: async ({ signal }) => (await callEnvelope(devices.list, { ...whole, signal })).data,
})

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await callEnvelope(users.list, { ...whole, signal })).data,
})

export const libraryQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['media', 'library', search],
    queryFn: ({ pageParam, signal }) =>
      callPage(studio.library, {
        query: { search: search === '' ? undefined : search },
        startKey: pageParam,
        pageSize: 200,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextStartKey,
    placeholderData: (before) => before,
  })

export const promptsQuery = queryOptions({
  queryKey: ['prompt-matrix'],
  queryFn: ({ signal }) => call(studio.matrix, { signal }),
})

/** As callers hear it. */
export const loadSound = (id: string, isSystem: boolean): Promise<Blob> =>
  fetchBinary(media.download, { params: { media_id: id }, system: isSystem })

const answerMs = 10_000

/** Calls off one call of a dial, or all that ring. Rejects after ten seconds without an answer. */
export const callOff = (
  dial: { readonly conferenceId: string; readonly jobId: string },
  callId?: string,
): Promise<{ call_ids: string[] }> =>
  call(cancelDial, {
    params: { conference_id: dial.conferenceId, job_id: dial.jobId },
    data: callId === undefined ? {} : { call_id: callId },
    signal: AbortSignal.timeout(answerMs),
  })
