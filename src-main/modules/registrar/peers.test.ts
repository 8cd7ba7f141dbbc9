import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { noBaresip, startBaresip } from '../../test/baresip.ts'
import { noSipp } from '../../test/sipp.ts'

/** Phones of somebody else's making against the whole application. */
let app: TestApp
let base: string

beforeAll(async () => {
  app = await startApp()
  base = `/v2/accounts/${app.accountId}/devices`
})
afterAll(() => app.dispose())

const password = 'correct-horse'
const add = async (username: string): Promise<string> => {
  const data = { name: username, sip: { username, password } }
  return (await app.call('PUT', base, { json: { data } })).envelope.data.id
}
const registrationsOf = async (id: string) =>
  (await app.call('GET', `${base}/${id}`)).envelope.data._read_only.registrations as any[]

describe.skipIf(noBaresip)(`baresip${noBaresip ? `: not run, ${noBaresip}` : ''}`, () => {
  it.each(['udp', 'tcp'])('registers over %s, and is gone when it quits', async (transport) => {
    const id = await add(`bare-${transport}`)
    const phone = await startBaresip(
      `<sip:bare-${transport}@${app.sip};transport=${transport}>;auth_pass=${password};regint=60`,
    )
    const registrations = await registrationsOf(id)
    await phone.quit()

    expect(phone.said()).toContain('200 OK')
    expect(registrations).toEqual([
      expect.objectContaining({ transport, user_agent: expect.stringContaining('baresip') }),
    ])
    await expect.poll(() => registrationsOf(id)).toEqual([])
  })

  it.each(['udp', 'tcp'])('is refused with a wrong password over %s', async (transport) => {
    const id = await add(`wrong-${transport}`)
    const phone = await startBaresip(
      `<sip:wrong-${transport}@${app.sip};transport=${transport}>;auth_pass=guess;regint=60`,
    )
    await phone.quit()

    expect(phone.said()).toMatch(/reg: .*(401|403)/)
    expect(await registrationsOf(id)).toEqual([])
  })
})

/** A REGISTER that is challenged and then proves the password, as SIPp writes it. */
const scenario = (): string => {
  const register = (cseq: number, proof: string) => `<send retrans="500"><![CDATA[
REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:[field0]@[remote_ip]:[remote_port]>;tag=[call_number]
To: <sip:[field0]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: ${cseq} REGISTER
Contact: <sip:[field0]@[local_ip]:[local_port]>
Expires: 300
${proof}Content-Length: 0

]]></send>`
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="register">
${register(1, '')}
<recv response="401" auth="true"/>
${register(2, '[field1]\n')}
<recv response="200"/>
</scenario>
`
}

describe.skipIf(noSipp)(`SIPp${noSipp ? `: not run, ${noSipp}` : ''}`, () => {
  it('registers fifty phones ten times, none of them in vain', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-sipp-'))
    const names = Array.from({ length: 50 }, (_, index) => `load-${index}`)
    const ids = await Promise.all(names.map(add))
    const users = names.map(
      (name) => `${name};[authentication username=${name} password=${password}]`,
    )
    await writeFile(join(folder, 'users.csv'), ['SEQUENTIAL', ...users, ''].join('\n'))
    await writeFile(join(folder, 'register.xml'), scenario())

    const options = ['-sf', 'register.xml', '-inf', 'users.csv', '-i', '127.0.0.1', '-nostdin']
    const load = ['-r', '100', '-m', '500', '-timeout', '15s', '-timeout_error']
    const sipp = spawn('sipp', [app.sip ?? '', ...options, ...load], {
      cwd: folder,
      stdio: 'ignore',
    })
    const [code] = (await once(sipp, 'exit')) as [number]
    await rm(folder, { recursive: true, force: true })

    // SIPp ends with 0 only when every call went as the scenario says.
    expect(code).toBe(0)
    const status = (await app.call('GET', `${base}/status`)).envelope.data as any[]
    const registered = new Set(status.map(({ device_id: id }) => id))
    expect(ids.filter((id) => !registered.has(id))).toEqual([])
  })
})
