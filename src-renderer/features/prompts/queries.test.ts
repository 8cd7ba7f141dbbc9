import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { followMatrix, matrixQuery } from './queries.ts'

it('trusts the matrix no longer once nobody listens to what changes', () => {
  const queryClient = new QueryClient()
  const { queryKey } = matrixQuery
  queryClient.setQueryData(queryKey, { source_language: 'en-us', languages: [], prompts: [] })

  const stop = followMatrix(queryClient)
  expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(false)
  stop()

  expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true)
})
