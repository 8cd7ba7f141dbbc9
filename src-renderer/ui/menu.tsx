import type { ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import './menu.css'

export type MenuEntry = {
  id: string
  label: string
  icon?: IconName
  keys?: string
  tone?: 'danger'
  isDisabled?: boolean
  run: () => void
}

/** A button and the menu it opens. `label` names the menu; `children` is the button. */
export const Menu = ({
  label,
  entries,
  children,
}: {
  label: string
  entries: readonly MenuEntry[]
  children: ReactElement
}) => (
  <MenuTrigger>
    {children}
    <Popover className="menu-popover" placement="bottom end" offset={4}>
      <AriaMenu className="menu" aria-label={label}>
        {entries.map(({ id, label: text, icon, keys, tone, isDisabled = false, run }) => (
          <MenuItem
            key={id}
            id={id}
            className={tone ? `menu-item menu-item-${tone}` : 'menu-item'}
            textValue={text}
            isDisabled={isDisabled}
            onAction={run}
          >
            {icon ? <Icon name={icon} /> : <span className="menu-no-icon" />}
            <span className="menu-label">{text}</span>
            {keys ? <Kbd keys={keys} /> : null}
          </MenuItem>
        ))}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
)
