import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { isPortTaken } from './port.ts'

it('tells a port that is taken from other failures', async () => {
  const first = createServer()
  await new Promise<void>((done) => first.listen(0, '127.0.0.1', done))
  const failure = await new Promise((failed) => {
    createServer().once('error', failed).listen(first.address())
  })
  first.close()

  expect(isPortTaken(failure)).toBe(true)
  expect(isPortTaken(new Error('port 8000 is in use', { cause: failure }))).toBe(true)
  expect(isPortTaken(new Error('disk full'))).toBe(false)
  expect(isPortTaken('EADDRINUSE')).toBe(false)
})
