import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './empty-state.css'

type EmptyStateProps = {
  icon: IconName
  title: string
  /** What belongs here and how the first one gets here. */
  children?: ReactNode
  actions?: ReactNode
}

export const EmptyState = ({ icon, title, children, actions }: EmptyStateProps) => (
  <div className="empty-state">
    <span className="empty-state-icon">
      <Icon name={icon} size={28} />
    </span>
    <h2 className="empty-state-title">{title}</h2>
    {children === undefined ? null : <div className="empty-state-text">{children}</div>}
    {actions === undefined ? null : <div className="empty-state-actions">{actions}</div>}
  </div>
)
