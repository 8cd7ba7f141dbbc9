import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components'
import { CommandKbd, Kbd } from './kbd.tsx'
import { Tooltip } from './tooltip.tsx'
import './button.css'

export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger'

export type ButtonProps = Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'isPending' | 'type'
> & {
  variant?: ButtonVariant
  type?: 'button' | 'submit'
  /** Keys that do the same and stay what they are, shown beside the label. */
  keys?: string | undefined
  /** The id of the command that does the same: the keys it has here are shown beside the label. */
  command?: string | undefined
  /** Keeps its focus, shows that it works and cannot be pressed meanwhile. */
  isPending?: boolean
  /** Why it cannot be pressed now. It keeps its place among the stops of Tab, so that this can be read. */
  whyNot?: string | undefined
  className?: string
  children: ReactNode
}

const classOf = (variant: ButtonVariant, isOff: boolean, className: string | undefined) =>
  ['button', `button-${variant}`, isOff ? 'button-off' : '', className ?? '']
    .filter((name) => name !== '')
    .join(' ')

/** What a pressed button leads to is announced by its surroundings, not by the button. */
export const Button = (props: ButtonProps) => {
  const { variant = 'default', type = 'button', keys, command, isPending = false, ...more } = props
  const { whyNot, className, children, onPress, ...rest } = more
  const isOff = whyNot !== undefined
  const canPress = !isPending && !isOff
  const button = (
    <AriaButton
      {...rest}
      {...(canPress ? { type, ...(onPress ? { onPress } : {}) } : { 'aria-disabled': true })}
      className={classOf(variant, isOff, className)}
    >
      {isPending ? <span className="button-spinner" /> : null}
      {children}
      {keys ? <Kbd keys={keys} /> : null}
      {command ? <CommandKbd command={command} /> : null}
    </AriaButton>
  )
  return isOff ? (
    <TooltipTrigger delay={300}>
      {button}
      <Tooltip>{whyNot}</Tooltip>
    </TooltipTrigger>
  ) : (
    button
  )
}
