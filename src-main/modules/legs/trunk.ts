import { isIP } from 'node:net'
import { createAddressList } from '../../platform/address-list.ts'

/** Whether calls from an address are the trunk's: providers prove nothing, they call from where they are called. */
export type IsTrunk = (address: string) => Promise<boolean>

/** A name is looked up again after so long. What it stood for counts until there is an answer, so that nobody waits for it. */
const keptMs = 60_000

export const createIsTrunk = (deps: {
  /** Name or address; empty: there is no trunk. */
  host: () => string
  /** Of a name; never rejects. */
  addressesOf: (host: string) => Promise<readonly string[]>
  nowMs: () => number
}): IsTrunk => {
  const { addressesOf, nowMs } = deps
  let known: { host: string; sinceMs: number; addresses: Promise<readonly string[]> } | undefined

  const look = (host: string): Promise<readonly string[]> => {
    if (known?.host !== host) known = { host, sinceMs: nowMs(), addresses: addressesOf(host) }
    const current = known
    if (nowMs() - current.sinceMs >= keptMs) {
      current.sinceMs = nowMs()
      const found = addressesOf(host)
      void found.then(({ length }) => {
        if (length > 0) current.addresses = found
      })
    }
    return current.addresses
  }

  return async (address) => {
    const host = deps.host()
    if (host === '') return false
    const addresses = isIP(host) > 0 ? [host] : await look(host)
    return addresses.length > 0 && createAddressList(addresses)(address)
  }
}
