import { Button as AriaButton, TooltipTrigger, type ButtonProps } from 'react-aria-components'
import type { ButtonVariant } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'
import './button.css'

type IconButtonProps = Omit<ButtonProps, 'children' | 'className' | 'style' | 'aria-label'> & {
  icon: IconName
  /** Read by screen readers and shown as the tooltip. */
  label: string
  keys?: string
  variant?: ButtonVariant
}

export const IconButton = ({ icon, label, keys, variant = 'quiet', ...rest }: IconButtonProps) => (
  <TooltipTrigger delay={500}>
    <AriaButton {...rest} aria-label={label} className={`button icon-button button-${variant}`}>
      <Icon name={icon} />
    </AriaButton>
    <Tooltip keys={keys}>{label}</Tooltip>
  </TooltipTrigger>
)
