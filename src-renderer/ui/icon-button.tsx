import { Button as AriaButton, TooltipTrigger, type ButtonProps } from 'react-aria-components'
import type { ButtonVariant } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'
import './button.css'

type IconButtonProps = Omit<ButtonProps, 'children' | 'className' | 'style' | 'aria-label'> & {
  icon: IconName
  /** Read by screen readers and shown as the tooltip. */
  label: string
  /** Keys that do the same and stay what they are, shown in the tooltip. */
  keys?: string
  /** The id of the command that does the same: the tooltip shows the keys it has here. */
  command?: string
  variant?: ButtonVariant
}

export const IconButton = (props: IconButtonProps) => {
  const { icon, label, keys, command, variant = 'quiet', ...rest } = props
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={`button icon-button button-${variant}`}>
        <Icon name={icon} />
      </AriaButton>
      <Tooltip keys={keys} command={command}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  )
}
