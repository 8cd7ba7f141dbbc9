import { useQuery } from '@tanstack/react-query'
import { knownTargets, type DialTarget } from './dial-endpoint.ts'
import { devicesQuery, usersQuery } from './queries.ts'

/** Whom the account knows, as far as it is loaded. */
export const useKnown = (): readonly DialTarget[] => {
  const devices = useQuery(devicesQuery).data ?? []
  const users = useQuery(usersQuery).data ?? []
  return knownTargets(devices, users)
}
