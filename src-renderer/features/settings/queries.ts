import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as sip from '#contract/sip'
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

export const sipSettingsQuery = queryOptions({
  queryKey: ['settings', 'sip', 'settings'],
  queryFn: ({ signal }) => call(sip.settings, { signal }),
})

export const sipServerQuery = queryOptions({
  queryKey: ['settings', 'sip', 'server'],
  queryFn: ({ signal }) => call(sip.server, { signal }),
})

/** What is wrong with which field; list items report under `field.0`. */
const problemsOf = (error: Error | null) => {
  const violations = error instanceof ApiError ? error.violations : {}
  return {
    errorOf: (field: string): string | undefined =>
      Object.keys(violations)
        .filter((property) => property === field || property.startsWith(`${field}.`))
        .map((property) => violationText(violations, property))
        .join('. ') || undefined,
    /** What is wrong and belongs to no field. */
    failure: error !== null && Object.keys(violations).length === 0 ? error.message : undefined,
  }
}

export const useChangeSettings = () => {
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationFn: (change: Partial<Settings>) => call(changeSettings, { data: change }),
    onSuccess: (changed) => queryClient.setQueryData(settingsQuery.queryKey, changed),
    meta: showsOwnErrors,
  })
  const { errorOf, failure } = problemsOf(mutation.error)
  return { mutation, errorOf: (field: keyof Settings) => errorOf(field), failure }
}

export const useChangeSipSettings = () => {
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationFn: (data: sip.SipSettingsChange) => call(sip.changeSettings, { data }),
    onSuccess: (changed) => queryClient.setQueryData(sipSettingsQuery.queryKey, changed),
    meta: showsOwnErrors,
  })
  return { mutation, ...problemsOf(mutation.error) }
}
