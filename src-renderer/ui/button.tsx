import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import './button.css'

export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger'

export type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style'> & {
  variant?: ButtonVariant
  /** The keys that do the same, shown beside the label. */
  keys?: string
  className?: string
  children: ReactNode
}

export const Button = ({
  variant = 'default',
  keys,
  className,
  children,
  ...rest
}: ButtonProps) => (
  <AriaButton {...rest} className={`button button-${variant}${className ? ` ${className}` : ''}`}>
    {children}
    {keys ? <Kbd keys={keys} /> : null}
  </AriaButton>
)
