import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-aria-components'
import type { DeviceDocument } from '#contract/devices'
import type { SipServer } from '#contract/sip'
import { hrefOf } from '../../lib/route.ts'
import { Icon } from '../../ui/icon.tsx'
import { PanelSection } from '../../ui/panel.tsx'
import { CopiedValue } from './copied-value.tsx'
import { serverText, type ServerText } from './phone-text.ts'
import { serverQuery, statusQuery } from './queries.ts'

const sipSettings = hrefOf('settings', { section: 'sip' })

const notes: Record<ServerText['reach'], string> = {
  here: 'Only phones on this machine reach this address.',
  any: 'Any address of this machine will do, as phones see it.',
  named: '',
}

const Reach = ({ reach }: { reach: ServerText['reach'] }) =>
  reach === 'named' ? null : (
    <p className="phone-note">
      {notes[reach]} <Link href={sipSettings}>SIP settings</Link>
    </p>
  )

export const NoServer = ({ server }: { server: SipServer }) => (
  <p className="phone-note tone-warn">
    <Icon name="warning" size={14} />
    <span>
      {server.problem ?? 'SIP is switched off: no phone can register.'}{' '}
      <Link href={sipSettings}>SIP settings</Link>
    </span>
  </p>
)

/** What a person reads off while the phone's menu is open in front of them. */
export const PhoneSetup = ({ device }: { device: DeviceDocument }) => {
  const { data: server } = useQuery(serverQuery)
  const { data: status } = useQuery(statusQuery)
  const { username, password, method } = device.sip
  if (!server || !status) return null
  if (method === 'ip' || username === undefined || password === undefined) {
    return (
      <PanelSection title="Type into the phone">
        <p className="phone-note">
          A phone registers with a SIP user and a password: give it both.
        </p>
      </PanelSection>
    )
  }
  const address = server.address === null ? undefined : serverText(server.address)
  return (
    <PanelSection title="Type into the phone">
      <dl className="phone-setup">
        {address ? (
          <>
            <CopiedValue label="Server" value={address.host} />
            <CopiedValue label="Port" value={address.port} />
          </>
        ) : null}
        {status.is_admin ? null : <CopiedValue label="Domain" value={server.domain} />}
        <CopiedValue label="User name" value={username} />
        <CopiedValue label="Password" value={password} isSecret />
        <dt>Transport</dt>
        <dd>UDP or TCP</dd>
      </dl>
      {address ? <Reach reach={address.reach} /> : <NoServer server={server} />}
    </PanelSection>
  )
}
