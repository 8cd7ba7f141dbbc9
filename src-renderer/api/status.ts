import { queryOptions } from '@tanstack/react-query'
import { status } from '#contract/studio'
import { call } from './client.ts'

/** Who I am here and which tools the backend has. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => call(status, { signal }),
})
