import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { BlockList, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFetchMedia, insideAddresses, shownUrl } from './fetch-media.ts'

let folder = ''
let path = ''
const ends: (() => void)[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-fetch-'))
  path = join(folder, 'file')
})
afterEach(async () => {
  for (const end of ends.splice(0)) end()
  await rm(folder, { recursive: true })
})

const listening = async (server: Server, host: string): Promise<string> => {
  server.listen(0, host)
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  return `http://${host}:${address.port}`
}

const serve = (listener: RequestListener, host = '127.0.0.1'): Promise<string> => {
  const server = createServer(listener)
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return listening(server, host)
}

const never = new AbortController().signal
const fetching = (
  url: string,
  { blocked = undefined as BlockList | undefined, deadlineMs = 5000, signal = never } = {},
) => createFetchMedia({ signal, blocked: () => blocked, deadlineMs })(new URL(url), path)

const say = (message: string) => ({ name: 'Unplayable', message })

describe('fetching', () => {
  it('brings what is there, over as many as three redirects', async () => {
    const base = await serve(({ url = '' }, response) => {
      const step = Number(url.slice(1))
      if (step < 3) response.writeHead(302, { location: `/${step + 1}` }).end('elsewhere')
      else response.end(`here at ${url}`)
    })
    await fetching(`${base}/0`)
    expect(await readFile(path, 'utf8')).toBe('here at /3')
    await expect(fetching(`${base}/-1`)).rejects.toMatchObject(
      say('It is redirected more than 3 times.'),
    )
  })

  it('logs in where the URL has a user, and nowhere else', async () => {
    const seen: (string | undefined)[] = []
    const other = await serve(({ headers }, response) => {
      seen.push(headers.authorization)
      response.end('there')
    })
    const base = await serve(({ headers }, response) => {
      seen.push(headers.authorization)
      response.writeHead(307, { location: other }).end()
    })
    await fetching(base.replace('//', '//me:secret@'))
    expect(seen).toEqual([`Basic ${btoa('me:secret')}`, undefined])
  })

  it.each([
    [404, 'The server answered 404.'],
    [206, 'The server answered 206.'],
    [304, 'The server answered 304.'],
  ])('takes %i for a refusal', async (status, message) => {
    const base = await serve((_request, response) => response.writeHead(status).end())
    await expect(fetching(base)).rejects.toMatchObject(say(message))
  })

  it('refuses a redirect to anything but http', async () => {
    const base = await serve((_request, response) =>
      response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
    )
    await expect(fetching(base)).rejects.toMatchObject(
      say('It is redirected to what is no http or https URL.'),
    )
  })

  it('stops a server that never ends', async () => {
    let isClosed = false
    const base = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      response.once('close', () => (isClosed = true))
      more()
    })
    await expect(fetching(base)).rejects.toMatchObject(say('It has more than 20 MB.'))
    expect((await stat(path)).size).toBeLessThanOrEqual(20_000_000)
    await expect.poll(() => isClosed).toBe(true)
  })

  it('waits for a slow server only so long, before the answer and within it', async () => {
    const base = await serve(({ url }, response) => {
      if (url === '/body') response.write('a little')
    })
    for (const where of ['/', '/body']) {
      await expect(fetching(`${base}${where}`, { deadlineMs: 200 })).rejects.toMatchObject(
        say('It did not come within 0.2 seconds.'),
      )
    }
  })

  it('tells what is no HTTP, who hangs up, and who is not there', async () => {
    const odd = createTcpServer((socket) => socket.end('SSH-2.0-hello\r\n'))
    const rude = createTcpServer((socket) => socket.resetAndDestroy())
    ends.push(() => odd.close(), () => rude.close()) // prettier-ignore
    await expect(fetching(await listening(odd, '127.0.0.1'))).rejects.toThrow('HPE_')
    await expect(fetching(await listening(rude, '127.0.0.1'))).rejects.toThrow('broke off')
    await expect(fetching('http://127.0.0.1:1/')).rejects.toThrow('nobody listens there')
    await expect(fetching('https://127.0.0.1:1/')).rejects.toThrow('nobody listens there')
  })

  it('ends with its owner', async () => {
    const owner = new AbortController()
    const base = await serve(() => owner.abort())
    await expect(fetching(base, { signal: owner.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})

describe('addresses inside', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://localhost/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://10.1.2.3/',
    'http://172.31.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://224.0.0.1/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
  ])('like that of %s are refused', async (url) => {
    await expect(fetching(url, { blocked: insideAddresses })).rejects.toMatchObject(
      say(
        'It could not be fetched: its address is inside this network, where nothing is fetched from.',
      ),
    )
  })

  it('are never connected to, not even to see who is there', async () => {
    let connections = 0
    const server = createServer().on('connection', () => (connections += 1))
    ends.push(() => server.close())
    const base = await listening(server, '127.0.0.1')
    for (const url of [base, base.replace('127.0.0.1', 'localhost'), base.replace('http', 'https')])
      await expect(fetching(url, { blocked: insideAddresses })).rejects.toThrow('inside')
    expect(connections).toBe(0)
  })

  it('are refused behind a redirect too', async () => {
    const blocked = new BlockList()
    blocked.addAddress('127.0.0.2')
    let asked = 0
    const secret = await serve((_request, response) => {
      asked += 1
      response.end('secret')
    }, '127.0.0.2')
    const base = await serve((_request, response) =>
      response.writeHead(302, { location: secret }).end(),
    )
    await expect(fetching(base, { blocked })).rejects.toThrow('inside this network')
    expect(asked).toBe(0)
  })
})

it('shows of a URL what is no secret', () => {
  expect(shownUrl(new URL('https://me:pw@host.example:8443/a/b.wav?key=1#x'))).toBe(
    'https://host.example:8443/a/b.wav?…',
  )
})
