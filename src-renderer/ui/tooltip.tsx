import type { ReactNode } from 'react'
import {
  Tooltip as AriaTooltip,
  type TooltipProps as AriaTooltipProps,
} from 'react-aria-components'
import { CommandKbd, Kbd } from './kbd.tsx'
import './tooltip.css'

type TooltipProps = Pick<AriaTooltipProps, 'placement'> & {
  keys?: string | undefined
  /** The id of the command that does the same. */
  command?: string | undefined
  children: ReactNode
}

/** Inside a TooltipTrigger of react-aria-components, after the thing it explains. */
export const Tooltip = ({ keys, command, children, placement = 'bottom' }: TooltipProps) => (
  <AriaTooltip className="tooltip" offset={6} placement={placement}>
    {children}
    {keys ? <Kbd keys={keys} /> : null}
    {command ? <CommandKbd command={command} /> : null}
  </AriaTooltip>
)
