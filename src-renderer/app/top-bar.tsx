import { Fragment } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useSession } from '../api/session.ts'
import { runCommand } from '../lib/commands.ts'
import { Icon } from '../ui/icon.tsx'
import { CommandKbd } from '../ui/kbd.tsx'
import { useCrumbStore } from '../ui/use-crumbs.ts'
import './top-bar.css'

export const TopBar = ({ title }: { title: string }) => {
  const crumbs = useCrumbStore((state) => state.crumbs)
  const account = useSession((state) => state.account.name)
  return (
    <header className="top-bar">
      <div className="top-bar-place">
        <h1>{title}</h1>
        <p className="top-bar-crumbs truncate">
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb}>
              {index > 0 ? <span className="faint"> / </span> : null}
              {crumb}
            </Fragment>
          ))}
        </p>
      </div>
      <AriaButton className="top-bar-search" onPress={() => void runCommand('app.palette')}>
        <Icon name="search" size={14} />
        <span className="truncate">Search prompts, media, commands…</span>
        <CommandKbd command="app.palette" />
      </AriaButton>
      <p className="top-bar-account truncate">{account}</p>
    </header>
  )
}
