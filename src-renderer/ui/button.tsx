import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import './button.css'

export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger'

export type ButtonProps = Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'isPending' | 'type'
> & {
  variant?: ButtonVariant
  type?: 'button' | 'submit'
  /** The keys that do the same, shown beside the label. */
  keys?: string
  /** Keeps its focus, shows that it works and cannot be pressed meanwhile. */
  isPending?: boolean
  className?: string
  children: ReactNode
}

/** What a pressed button leads to is announced by its surroundings, not by the button. */
export const Button = (props: ButtonProps) => {
  const { variant = 'default', type = 'button', keys, isPending = false, ...others } = props
  const { className, children, onPress, ...rest } = others
  return (
    <AriaButton
      {...rest}
      {...(isPending ? { 'aria-disabled': true } : { type, ...(onPress ? { onPress } : {}) })}
      className={`button button-${variant}${className ? ` ${className}` : ''}`}
    >
      {isPending ? <span className="button-spinner" /> : null}
      {children}
      {keys ? <Kbd keys={keys} /> : null}
    </AriaButton>
  )
}
