import type { ComponentType } from 'react'
import { Link } from 'react-aria-components'
import { hrefOf, useRoute } from '../../lib/route.ts'
import { useCrumbs } from '../../ui/use-crumbs.ts'
import { AccessSection, LanguagesSection, LimitsSection } from './general-sections.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { KeyboardSection } from './keyboard-section.tsx'
import { NormalisationSection } from './normalisation-section.tsx'
import { SipSection } from './sip-section.tsx'
import { ToolsSection } from './tools-section.tsx'
import { VoicesSection } from './voices-section.tsx'
import './settings-page.css'

type SettingsSection = { id: string; title: string; content: ComponentType }

const sections = [
  { id: 'normalisation', title: 'Normalisation', content: NormalisationSection },
  { id: 'languages', title: 'Languages', content: LanguagesSection },
  { id: 'limits', title: 'Limits', content: LimitsSection },
  { id: 'access', title: 'Access', content: AccessSection },
  { id: 'sip', title: 'SIP', content: SipSection },
  { id: 'voices', title: 'Voices', content: VoicesSection },
  { id: 'tools', title: 'Tools', content: ToolsSection },
  { id: 'appearance', title: 'Appearance', content: AppearanceSection },
  { id: 'keyboard', title: 'Keyboard', content: KeyboardSection },
] as const satisfies readonly SettingsSection[]

export const SettingsPage = () => {
  const { params } = useRoute()
  const current = sections.find(({ id }) => id === params.section) ?? sections[0]
  useCrumbs([current.title])
  const Content = current.content
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label="Settings">
        {sections.map(({ id, title }) => (
          <Link
            key={id}
            className="settings-link"
            href={hrefOf('settings', { section: id })}
            {...(id === current.id ? { 'aria-current': 'page' } : {})}
          >
            {title}
          </Link>
        ))}
      </nav>
      <div className="settings-content">
        <Content key={current.id} />
      </div>
    </div>
  )
}
