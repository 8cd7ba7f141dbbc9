import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import * as devices from '#contract/devices'
import * as sip from '#contract/sip'
import * as users from '#contract/users'
import { callEnvelope, call } from '../../api/client.ts'
import { showsOwnErrors } from '../../api/query-client.ts'
import { rowsOf, type PhoneRow } from './phone-text.ts'

export { problemsOf } from '../../api/problems.ts'
export { statusQuery } from '../../api/status.ts'

/** All of them: an account has few, and a search looks at every one. */
const whole = { query: { paginate: 'false' } as object }

const devicesQuery = queryOptions({
  queryKey: ['devices', 'list'],
  queryFn: async ({ signal }) => (await callEnvelope(devices.list, { ...whole, signal })).data,
})

const liveQuery = queryOptions({
  queryKey: ['devices', 'status'],
  queryFn: ({ signal }) => call(devices.status, { signal }),
})

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async ({ signal }) => (await callEnvelope(users.list, { ...whole, signal })).data,
})

export const serverQuery = queryOptions({
  queryKey: ['settings', 'sip', 'server'],
  queryFn: ({ signal }) => call(sip.server, { signal }),
})

const deviceParam = (id: string) => ({ params: { device_id: id } })
const userParam = (id: string) => ({ params: { user_id: id } })

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', 'document', id],
    queryFn: ({ signal }) => call(devices.get, { ...deviceParam(id), signal }),
  })

/** Undefined until everything a row shows is there. */
export const usePhones = (): { rows: PhoneRow[] | undefined; error: Error | null } => {
  const list = useQuery(devicesQuery)
  const live = useQuery(liveQuery)
  const people = useQuery(usersQuery)
  const rows = useMemo(
    () => list.data && live.data && people.data && rowsOf(list.data, live.data, people.data),
    [list.data, live.data, people.data],
  )
  return { rows, error: list.error ?? live.error ?? people.error }
}

const useChange = <V, R>(change: (variables: V) => Promise<R>, key: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [key] }),
    meta: showsOwnErrors,
  })
}

/** `null` takes a key out. */
export type DeviceChange = {
  name?: string
  owner_id?: string | null
  enabled?: boolean
  sip?: { username?: string; password?: string }
}

export const useCreateDevice = () =>
  useChange((data: devices.DeviceInput) => call(devices.create, { data }), 'devices')

export const useChangeDevice = (id: string) =>
  useChange((data: DeviceChange) => call(devices.patch, { ...deviceParam(id), data }), 'devices')

export const useRemoveDevice = () =>
  useChange((id: string) => call(devices.remove, deviceParam(id)), 'devices')

export type PersonChange = { first_name: string; last_name: string; email: string | null }

/** A new person without an id. */
export const useSavePerson = (id: string | undefined) =>
  useChange(({ email, ...names }: PersonChange) => {
    if (id !== undefined) return call(users.patch, { ...userParam(id), data: { ...names, email } })
    const data = { ...names, enabled: true, priv_level: 'user' as const }
    return call(users.create, { data: email === null ? data : { ...data, email } })
  }, 'users')

export const useRemovePerson = () =>
  useChange((id: string) => call(users.remove, userParam(id)), 'users')
