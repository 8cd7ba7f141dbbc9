import { createWriteStream } from 'node:fs'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, connect as connectTcp, isIP, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { connect as connectTls } from 'node:tls'
import { Unplayable } from './problem.ts'

/** What is at a URL, into a file. Rejects with `Unplayable`; a secret in the URL is in no message. */
export type FetchMedia = (url: URL, path: string) => Promise<void>

const MOST_BYTES = 20_000_000
const MOST_REDIRECTS = 3
const DEADLINE_MS = 10_000

/**
 * Addresses that only somebody inside can reach: this host, private networks, link-local (cloud metadata), carriers'
 * NAT, multicast, reserved, and IPv6 forms that carry an IPv4 address. BlockList knows mapped addresses by itself.
 */
const insideNetworks = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const

export const insideAddresses = new BlockList()
for (const [address, bits, family] of insideNetworks)
  insideAddresses.addSubnet(address, bits, family)

/** A URL as it may be shown: without user, password, query and fragment. */
export const shownUrl = ({ protocol, host, pathname, search }: URL): string =>
  `${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`

const reasons: Readonly<Record<string, string>> = {
  ERR_IP_BLOCKED: 'its address is inside this network, where nothing is fetched from',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection broke off',
  ETIMEDOUT: 'the host does not answer',
}

/** Every address of a name is looked at when it is connected to, so that no second answer of DNS can differ. */
const connect = (url: URL, blockList: BlockList | undefined): Socket => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port || (isSecure ? 443 : 80))
  const socket = connectTcp({ host, port, ...(blockList && { blockList }) })
  if (!isSecure) return socket
  const secure = connectTls({ socket, ...(isIP(host) === 0 && { servername: host }) })
  socket.once('error', (error) => secure.destroy(error))
  return secure
}

type Ask = { url: URL; signal: AbortSignal; blocked: () => BlockList | undefined }

const ask = async ({ url, signal, blocked }: Ask): Promise<IncomingMessage> => {
  const socket = connect(url, blocked())
  const close = () => socket.destroy()
  signal.addEventListener('abort', close, { once: true })
  const answer = Promise.withResolvers<IncomingMessage>()
  socket.once('error', answer.reject)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const request = send(url, {
    createConnection: () => socket,
    headers: { accept: 'audio/*', connection: 'close' },
    signal,
  })
  request.once('error', answer.reject).once('response', answer.resolve).end()
  return await answer.promise
}

const parse = (location: string, base?: URL): URL => {
  const url = URL.parse(location, base?.href)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Unplayable('It is redirected to what is no http or https URL.')
}

/** The answer that is no redirect. */
const follow = async (first: Ask): Promise<IncomingMessage> => {
  let { url } = first
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await ask({ ...first, url })
    const { statusCode = 0, headers } = response
    const isRedirect = [301, 302, 303, 307, 308].includes(statusCode)
    if (!isRedirect || headers.location === undefined) {
      if (statusCode === 200) return response
      response.destroy()
      throw new Unplayable(`The server answered ${statusCode}.`)
    }
    response.destroy()
    url = parse(headers.location, url)
  }
  throw new Unplayable(`It is redirected more than ${MOST_REDIRECTS} times.`)
}

async function* limited(response: IncomingMessage) {
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) throw new Unplayable(`It has more than ${MOST_BYTES / 1e6} MB.`)
    yield chunk
  }
}

const explain = (error: unknown): unknown => {
  if (error instanceof Unplayable || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : error.name
  return new Unplayable(`It could not be fetched: ${reasons[code] ?? code}.`, { cause: error })
}

export const createFetchMedia =
  (deps: {
    signal: AbortSignal
    /** Addresses nothing is fetched from; asked for every connection. */
    blocked: () => BlockList | undefined
    deadlineMs?: number
  }): FetchMedia =>
  async (url, path) => {
    const { blocked, deadlineMs = DEADLINE_MS } = deps
    const deadline = AbortSignal.timeout(deadlineMs)
    const signal = AbortSignal.any([deps.signal, deadline])
    try {
      const response = await follow({ url, signal, blocked })
      await pipeline(limited(response), createWriteStream(path, { mode: 0o600 }), { signal })
    } catch (error) {
      deps.signal.throwIfAborted()
      if (!deadline.aborted) throw explain(error)
      throw new Unplayable(`It did not come within ${deadlineMs / 1000} seconds.`)
    }
  }
