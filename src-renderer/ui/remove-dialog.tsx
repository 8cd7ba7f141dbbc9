import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

type RemoveDialogProps = {
  name: string
  /** What goes with it. */
  children: ReactNode
  isPending: boolean
  error: Error | null
  onRemove: () => void
  onClose: () => void
}

export const RemoveDialog = (props: RemoveDialogProps) => {
  const { name, children, isPending, error, onRemove, onClose } = props
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      role="alertdialog"
      size="small"
      title={`Delete “${name}”?`}
      description={children}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button variant="danger" isPending={isPending} onPress={onRemove}>
            Delete
          </Button>
        </>
      }
    >
      {error ? (
        <p role="alert" className="tone-bad">
          {error.message}
        </p>
      ) : undefined}
    </Dialog>
  )
}
