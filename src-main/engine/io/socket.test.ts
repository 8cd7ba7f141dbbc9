import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScope, type Scope } from '../../platform/scope.ts'
import { until } from '../../test/tools.ts'
import { openDatagramSocket, type DatagramSocket } from './socket.ts'

type Received = { text: string; host: string; port: number }
type Tried = DatagramSocket & { received: Received[]; unreachable: () => number }

const host = '127.0.0.1'
const bytes = (text: string) => new TextEncoder().encode(text)
let scope: Scope
beforeEach(() => {
  scope = createScope('test')
})
afterEach(() => scope.dispose())

const open = async (port: number, at = host): Promise<Tried> => {
  const received: Received[] = []
  let unreachable = 0
  const socket = await openDatagramSocket(
    { host: at, port },
    {
      onPacket: (packet, from, fromPort) =>
        received.push({ text: new TextDecoder().decode(packet), host: from, port: fromPort }),
      onUnreachable: () => (unreachable += 1),
    },
  )
  let closed: Promise<void> | undefined
  const close = () => (closed ??= socket.close())
  scope.add(close)
  return { ...socket, close, received, unreachable: () => unreachable }
}

describe('a socket of a leg', () => {
  it('sends to whom it is aimed at, and to nobody before', async () => {
    const [one, other] = [await open(14_100), await open(14_102)]

    one.send(bytes('lost'))
    one.aim({ host, port: 14_102 })
    one.send(bytes('heard'))
    await until(() => other.received.length > 0)

    expect(other.received).toEqual([{ text: 'heard', host, port: 14_100 }])
  })

  it('hears one alone once it is shut, until it is aimed anew', async () => {
    const [one, friend, stranger] = [await open(14_104), await open(14_106), await open(14_108)]
    const texts = () => one.received.map(({ text }) => text)
    friend.aim({ host, port: 14_104 })
    stranger.aim({ host, port: 14_104 })
    one.aim({ host, port: 14_106 })
    one.shut()

    stranger.send(bytes('stranger'))
    friend.send(bytes('friend'))
    await until(() => one.received.length > 0)
    expect(texts()).toEqual(['friend'])

    one.aim({ host, port: 14_106 })
    stranger.send(bytes('stranger'))
    await until(() => one.received.length > 1)
    expect(texts()).toEqual(['friend', 'stranger'])
  })

  it('counts that nobody receives, and goes on', async () => {
    const [one, other] = [await open(14_110), await open(14_112)]
    one.aim({ host, port: 14_112 })
    one.shut()
    await other.close()

    one.send(bytes('into the void'))
    await until(() => one.unreachable() > 0)

    const again = await open(14_112)
    one.send(bytes('back'))
    await until(() => again.received.length > 0)
  })

  it('speaks IPv6, and writes IPv4 addresses plainly on a socket for both', async () => {
    const [one, six, four] = [
      await open(14_114, '::'),
      await open(14_116, '::1'),
      await open(14_118),
    ]
    six.aim({ host: '::1', port: 14_114 })
    four.aim({ host, port: 14_114 })
    six.send(bytes('six'))
    four.send(bytes('four'))
    await until(() => one.received.length === 2)
    expect(one.received.map((packet) => packet.host).sort()).toEqual(['127.0.0.1', '::1'])

    one.aim({ host, port: 14_118 })
    one.shut()
    one.send(bytes('answer'))
    await until(() => four.received.length === 1)
  })

  it('is refused an address that is taken or not ours', async () => {
    await open(14_120)

    await expect(open(14_120)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(open(14_120, '192.0.2.1')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
  })
})
