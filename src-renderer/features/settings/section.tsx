import type { ReactNode } from 'react'
import './section.css'

/** One page of settings: a title, a sentence what it is about, and its fields. */
export const Section = ({
  title,
  about,
  isWide = false,
  children,
}: {
  title: string
  about: ReactNode
  isWide?: boolean
  children: ReactNode
}) => (
  <section className={isWide ? 'settings-section settings-section-wide' : 'settings-section'}>
    <header>
      <h2 className="settings-title">{title}</h2>
      <p className="muted">{about}</p>
    </header>
    {children}
  </section>
)
