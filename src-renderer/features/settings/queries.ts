import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { changeSettings, settings, voiceMappings, type Settings } from '#contract/studio'
import { ApiError, violationText } from '../../api/api-error.ts'
import { call } from '../../api/client.ts'
import { showsOwnErrors } from '../../api/query-client.ts'

export { statusQuery } from '../../api/status.ts'

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => call(settings, { signal }),
})

export const voicesQuery = queryOptions({
  queryKey: ['settings', 'voices'],
  queryFn: ({ signal }) => call(voiceMappings, { signal }),
})

export const useChangeSettings = () => {
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationFn: (change: Partial<Settings>) => call(changeSettings, { data: change }),
    onSuccess: (changed) => queryClient.setQueryData(settingsQuery.queryKey, changed),
    meta: showsOwnErrors,
  })
  const { error } = mutation
  const violations = error instanceof ApiError ? error.violations : {}
  return {
    mutation,
    /** What is wrong with a field; list items report under `field.0`. */
    errorOf: (field: keyof Settings): string | undefined =>
      Object.keys(violations)
        .filter((property) => property === field || property.startsWith(`${field}.`))
        .map((property) => violationText(violations, property))
        .join('. ') || undefined,
    /** What is wrong and belongs to no field. */
    failure: error !== null && Object.keys(violations).length === 0 ? error.message : undefined,
  }
}
