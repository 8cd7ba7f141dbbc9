import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as sip from '#contract/sip'
import { ApiError, violationText } from '../../api/api-error.ts'
import { call } from '../../api/client.ts'
import { showsOwnErrors } from '../../api/query-client.ts'

export const sipSettingsQuery = queryOptions({
  queryKey: ['settings', 'sip', 'settings'],
  queryFn: ({ signal }) => call(sip.settings, { signal }),
})

export const sipServerQuery = queryOptions({
  queryKey: ['settings', 'sip', 'server'],
  queryFn: ({ signal }) => call(sip.server, { signal }),
})

export const useChangeSipSettings = () => {
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationFn: (data: sip.SipSettingsChange) => call(sip.changeSettings, { data }),
    onSuccess: (changed) => queryClient.setQueryData(sipSettingsQuery.queryKey, changed),
    meta: showsOwnErrors,
  })
  const { error } = mutation
  const violations = error instanceof ApiError ? error.violations : {}
  return {
    mutation,
    /** What is wrong with a field; list items report under `field.0`. */
    errorOf: (field: string): string | undefined =>
      Object.keys(violations)
        .filter((property) => property === field || property.startsWith(`${field}.`))
        .map((property) => violationText(violations, property))
        .join('. ') || undefined,
    /** What is wrong and belongs to no field. */
    failure: error !== null && Object.keys(violations).length === 0 ? error.message : undefined,
  }
}
