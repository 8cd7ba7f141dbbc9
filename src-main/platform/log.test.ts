import { expect, it } from 'vitest'
import { createLog } from './log.ts'

const lines: string[] = []
const log = createLog({ write: (line) => lines.push(line), nowMs: () => 0 })

it('writes one JSON object a line and never a secret', () => {
  log
    .with({ request_id: 'r1' })
    .warn('refused', { auth_token: 'abc', data: { password: 'x', name: 'n' } })

  expect(JSON.parse(lines[0]!)).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'warn',
    message: 'refused',
    request_id: 'r1',
    auth_token: '[redacted]',
    data: { password: '[redacted]', name: 'n' },
  })
})
