import type { ReactNode } from 'react'
import {
  Dialog as AriaDialog,
  Heading,
  Modal,
  ModalOverlay,
  Text,
  type DialogProps as AriaDialogProps,
} from 'react-aria-components'
import { IconButton } from './icon-button.tsx'
import './dialog.css'

type DialogProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the one that goes ahead last. */
  footer?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** `alertdialog` for a question that must be answered: a click beside it does not close it. */
  role?: NonNullable<AriaDialogProps['role']>
  /** Cannot be closed by the person: it goes when what it waits for has happened. */
  isLocked?: boolean
}

export const Dialog = (props: DialogProps) => {
  const { isOpen, onOpenChange, title, description, children, footer } = props
  const { size = 'medium', role = 'dialog', isLocked = false } = props
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={role === 'dialog' && !isLocked}
      isKeyboardDismissDisabled={isLocked}
    >
      <Modal className={`dialog dialog-${size}`}>
        <AriaDialog className="dialog-body" role={role}>
          <header className="dialog-header">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {isLocked ? null : <IconButton icon="close" label="Close" slot="close" />}
          </header>
          {description === undefined ? null : (
            <Text slot="description" className="dialog-description">
              {description}
            </Text>
          )}
          {children === undefined ? null : <div className="dialog-content">{children}</div>}
          {footer === undefined ? null : <footer className="dialog-footer">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
