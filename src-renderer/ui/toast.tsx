import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { useToasts, type Toast, type ToastTone } from './toast-store.ts'
import { useCommand } from './use-command.ts'
import './toast.css'

const icons: Record<ToastTone, IconName> = {
  ok: 'check',
  warn: 'warning',
  bad: 'error',
  info: 'info',
}

const ToastCard = ({
  toast,
  isPaused,
  keys,
}: {
  toast: Toast
  isPaused: boolean
  keys?: string
}) => {
  const dismiss = useToasts((state) => state.dismiss)
  const leave = useEffectEvent(() => dismiss(toast.id))
  useEffect(() => {
    if (isPaused) return
    const timer = setTimeout(() => leave(), toast.durationMs)
    return () => clearTimeout(timer)
  }, [isPaused, toast.durationMs])

  const { action } = toast
  return (
    <li className={`toast toast-${toast.tone}`}>
      <Icon name={icons[toast.tone]} />
      <span className="toast-text">{toast.text}</span>
      {action ? (
        <Button
          {...(keys ? { keys } : {})}
          onPress={() => {
            dismiss(toast.id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton icon="close" label="Dismiss" onPress={() => dismiss(toast.id)} />
    </li>
  )
}

/** Where messages appear: once, in the app's layout. Pointing at or focusing them stops their clocks. */
export const Toasts = () => {
  const toasts = useToasts((state) => state.toasts)
  const dismiss = useToasts((state) => state.dismiss)
  const [isHovered, setHovered] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const undoable = toasts.findLast(({ action }) => action && action.hasKey !== false)
  useCommand({
    id: 'toast.action',
    title: undoable?.action?.label ?? 'Undo',
    group: 'Edit',
    keys: 'mod+z',
    when: undoable !== undefined,
    run: () => {
      if (!undoable) return
      dismiss(undoable.id)
      undoable.action?.run()
    },
  })
  return (
    <section
      className="toasts"
      aria-label="Notifications"
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onFocus={() => setFocus(true)}
      onBlur={() => setFocus(false)}
    >
      <ol aria-live="polite" aria-relevant="additions" className="toasts-list">
        {toasts.map((toast) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            isPaused={toasts.length > 0 && (isHovered || hasFocus)}
            {...(toast === undoable ? { keys: 'mod+z' } : {})}
          />
        ))}
      </ol>
    </section>
  )
}
