import { BlockList, isIP } from 'node:net'

/** A network: an address and how many of its bits count. */
type Subnet = { address: string; bits: number; family: 'ipv4' | 'ipv6' }

/** `10.0.0.0/8`, or an address that stands for itself; undefined when it is neither. */
export const subnetOf = (text: string): Subnet | undefined => {
  const [address = '', suffix, ...rest] = text.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  const bits = suffix === undefined ? most : Number(suffix)
  const isRight = version !== 0 && rest.length === 0 && suffix !== '' && bits >= 0 && bits <= most
  return isRight && Number.isInteger(bits)
    ? { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' }
    : undefined
}

/** Whether an address is in one of the networks; of an empty list every address is. */
export const createAddressList = (entries: readonly string[]): ((address: string) => boolean) => {
  if (entries.length === 0) return () => true
  const list = new BlockList()
  for (const entry of entries) {
    const subnet = subnetOf(entry)
    if (subnet) list.addSubnet(subnet.address, subnet.bits, subnet.family)
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
