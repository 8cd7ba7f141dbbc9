import { useState, type FocusEvent, type ReactElement } from 'react'
import type { ButtonProps } from 'react-aria-components'
import { Menu, type MenuEntry, type MenuGroup } from '../../ui/menu.tsx'
import { focusWave } from './focus-wave.ts'

type Trigger = Pick<ButtonProps, 'preventFocusOnPress' | 'onPressStart' | 'onFocus'>

type ToolMenuProps = {
  label: string
  entries?: readonly MenuEntry[]
  groups?: readonly MenuGroup[]
  align?: 'start' | 'end'
  /** Draws the button with what makes it open the menu. */
  children: (trigger: Trigger) => ReactElement
}

const createTrigger = () => {
  let isOpen = false
  let isByPointer = false
  const trigger: Trigger = {
    preventFocusOnPress: true,
    onPressStart: ({ pointerType }) => {
      isByPointer = pointerType !== 'keyboard' && pointerType !== 'virtual'
    },
    onFocus: ({ relatedTarget }: FocusEvent) => {
      // With Tab it comes from another control, which is still there.
      if (isByPointer && !isOpen && relatedTarget === null) focusWave()
    },
  }
  const tellOpen = (isNow: boolean) => {
    isOpen = isNow
  }
  return { trigger, tellOpen }
}

/**
 * A menu of the toolbar. Menus, and dialogs opened from them, give the focus back to the button. To the
 * hand on the mouse Space then is to play and not to open the menu again: it goes on to the wave.
 */
export const ToolMenu = ({ children, ...menu }: ToolMenuProps) => {
  const [{ trigger, tellOpen }] = useState(createTrigger)
  return (
    <Menu {...menu} onOpenChange={tellOpen}>
      {children(trigger)}
    </Menu>
  )
}
