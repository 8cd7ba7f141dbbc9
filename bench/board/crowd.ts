import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../../src-main/app.ts'

type Host = Pick<App, 'url' | 'accountId' | 'launchToken'>

const ask = async <T>({ url, launchToken }: Host, path: string, init: RequestInit = {}) => {
  const headers = { 'x-auth-token': launchToken, 'content-type': 'application/json' }
  const answer = await fetch(url + path, { ...init, headers })
  const { data } = (await answer.json()) as { data: T }
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(data)}`)
  return data
}

/** A conference that takes anybody at once, at 4000; its id. */
const createConference = async (host: Host): Promise<string> => {
  const write = (method: string, path: string, data: unknown) =>
    ask<{ id: string }>(host, path, { method, body: JSON.stringify({ data }) })
  await write('PATCH', '/studio/sip', { authenticate_calls: false })
  const { id } = await write('PUT', `/v2/accounts/${host.accountId}/conferences`, {
    ...{ name: 'Crowd', conference_numbers: ['4000'], member: { join_muted: false } },
    ...{ play_welcome: false, play_entry_tone: false, play_exit_tone: false },
  })
  return id
}

const countOf = async (host: Host): Promise<number> => {
  const { conferences } = await ask<{ conferences: { members: number }[] }>(
    host,
    '/studio/conferences/live',
  )
  return conferences[0]?.members ?? 0
}

/** So many callers by real SIP in a conference of its own; they stay until they are stopped. */
export const callIn = async (host: Host, people: number) => {
  const conferenceId = await createConference(host)
  // Other settings of SIP are another port.
  const { sip } = await ask<{ sip: string }>(host, '/studio/status')
  const scenario = join(import.meta.dirname, 'crowd.xml')
  const rate = ['-r', '40', '-m', String(people), '-l', String(people)]
  const args = [sip, '-sf', scenario, '-s', '4000', '-i', '127.0.0.1', ...rate, '-nostdin']
  const callers = spawn('sipp', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await once(callers, 'spawn')
  const stop = () => void callers.kill('SIGKILL')
  try {
    while ((await countOf(host)) < people) {
      if (callers.exitCode !== null) throw new Error(`sipp ended with ${callers.exitCode}`)
      await sleep(500)
    }
  } catch (error) {
    stop()
    throw error
  }
  return { conferenceId, stop }
}
