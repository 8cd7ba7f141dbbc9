import { useId, type ReactNode } from 'react'
import './panel.css'

/** The column beside a list that shows what is selected. */
export const SidePanel = ({ label, children }: { label: string; children: ReactNode }) => (
  <aside className="side-panel" aria-label={label}>
    {children}
  </aside>
)

/** A titled stretch of a panel; its content sits on a card unless `isBare`. */
export const PanelSection = ({
  title,
  actions,
  isBare = false,
  children,
}: {
  title: string
  actions?: ReactNode
  isBare?: boolean
  children: ReactNode
}) => {
  const titleId = useId()
  return (
    <section className="panel-section" aria-labelledby={titleId}>
      <header className="panel-section-header">
        <h3 id={titleId} className="section-title">
          {title}
        </h3>
        {actions}
      </header>
      {isBare ? children : <div className="card">{children}</div>}
    </section>
  )
}
