import { useRef, type ReactElement } from 'react'
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components'
import { Icon, type IconName } from './icon.tsx'
import { CommandKbd } from './kbd.tsx'
import './menu.css'

export type MenuEntry = {
  id: string
  label: string
  icon?: IconName
  /** The id of the command that does the same: the keys it has here are shown beside the label. */
  command?: string
  tone?: 'danger'
  isDisabled?: boolean
  /** For what is on or off: of several such entries in a section, one is on. */
  isOn?: boolean
  run: () => void
}

/** Entries that belong together, below a line and their title. */
export type MenuGroup = { title: string; entries: readonly MenuEntry[] }

const Item = ({ entry }: { entry: MenuEntry }) => {
  const { id, label, icon, command, tone, isDisabled = false, isOn = false, run } = entry
  const shown = isOn ? 'check' : icon
  return (
    <MenuItem
      id={id}
      className={tone ? `menu-item menu-item-${tone}` : 'menu-item'}
      textValue={label}
      isDisabled={isDisabled}
      onAction={run}
    >
      {shown ? <Icon name={shown} /> : <span className="menu-no-icon" />}
      <span className="menu-label">{label}</span>
      {command ? <CommandKbd command={command} /> : null}
    </MenuItem>
  )
}

const items = (entries: readonly MenuEntry[]) =>
  entries.map((entry) => <Item key={entry.id} entry={entry} />)

const selectionOf = (entries: readonly MenuEntry[]) => {
  if (entries.every(({ isOn }) => isOn === undefined)) return {}
  const selectedKeys = entries.filter(({ isOn }) => isOn).map(({ id }) => id)
  // A single one is switched on and off; of several one is always on.
  return entries.length === 1
    ? { selectionMode: 'multiple' as const, selectedKeys }
    : { selectionMode: 'single' as const, selectedKeys, disallowEmptySelection: true }
}

const sections = (groups: readonly MenuGroup[]) =>
  groups.map(({ title, entries }) => (
    <MenuSection key={title} className="menu-group" {...selectionOf(entries)}>
      <Header className="menu-title">{title}</Header>
      {items(entries)}
    </MenuSection>
  ))

type MenuProps = {
  label: string
  entries?: readonly MenuEntry[]
  groups?: readonly MenuGroup[]
  /** Which of its edges is below that of the button. */
  align?: 'start' | 'end'
  onOpenChange?: (isOpen: boolean) => void
  children: ReactElement
}

/** A button and the menu it opens. `label` names the menu; `children` is the button. */
export const Menu = (props: MenuProps) => {
  const { label, entries = [], groups = [], align = 'end', onOpenChange, children } = props
  return (
    <MenuTrigger {...(onOpenChange ? { onOpenChange } : {})}>
      {children}
      <Popover className="menu-popover" placement={`bottom ${align}`} offset={4}>
        <AriaMenu className="menu" aria-label={label}>
          {items(entries)}
          {sections(groups)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

type AnchoredMenuProps = Pick<MenuProps, 'label' | 'entries' | 'groups'> & {
  /** Below it the menu opens. */
  anchor: HTMLElement
  onClose: () => void
}

/** A menu without a button of its own: of a row under the right mouse button. */
export const AnchoredMenu = ({ label, entries = [], groups = [], ...rest }: AnchoredMenuProps) => {
  const { anchor, onClose } = rest
  const triggerRef = useRef(anchor)
  return (
    <Popover
      className="menu-popover"
      triggerRef={triggerRef}
      isOpen
      onOpenChange={onClose}
      placement="bottom end"
      offset={2}
    >
      <AriaMenu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
        {items(entries)}
        {sections(groups)}
      </AriaMenu>
    </Popover>
  )
}
