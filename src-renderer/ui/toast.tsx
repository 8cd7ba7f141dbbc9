import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import { useToasts, type Toast, type ToastTone } from './toast-store.ts'
import { useCommand } from './use-command.ts'
import { useNow } from './use-now.ts'
import './toast.css'

const icons: Record<ToastTone, IconName> = {
  ok: 'check',
  warn: 'warning',
  bad: 'error',
  info: 'info',
}

/** Only its label is read aloud: a number that changes every second would talk without end. */
const Countdown = ({ untilMs }: { untilMs: number }) => {
  const seconds = Math.max(0, Math.ceil((untilMs - useNow()) / 1000))
  return <span aria-hidden="true"> in {seconds} s</span>
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
  const { action, untilMs } = toast
  const textId = `toast-${toast.id}`
  const isStaying = isPaused || untilMs !== undefined
  useEffect(() => {
    if (isStaying) return
    const timer = setTimeout(() => leave(), toast.durationMs)
    return () => clearTimeout(timer)
  }, [isStaying, toast.durationMs])

  return (
    <li className={`toast toast-${toast.tone}`}>
      <Icon name={icons[toast.tone]} />
      <span id={textId} className="toast-text">
        {toast.text}
        {untilMs === undefined ? null : <Countdown untilMs={untilMs} />}
      </span>
      {action ? (
        <Button
          {...(keys ? { keys } : {})}
          aria-describedby={textId}
          onPress={() => {
            dismiss(toast.id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton
        icon="close"
        label="Dismiss"
        aria-describedby={textId}
        onPress={() => dismiss(toast.id)}
      />
    </li>
  )
}

const focusOn = (element: Element | null) => {
  if (element instanceof HTMLElement) element.focus()
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
  const section = useRef<HTMLElement>(null)
  const goBack = useRef<Element>(null)
  useCommand({
    ...{ id: 'toast.focus', title: 'Go to the newest message, and back', group: 'Go', keys: 'f6' },
    when: toasts.length > 0,
    run: () => {
      if (hasFocus) {
        focusOn(goBack.current)
        return
      }
      goBack.current = document.activeElement
      focusOn(section.current?.querySelector('.toast:last-child button') ?? null)
    },
  })
  // The last message took the focus with it.
  useEffect(() => {
    if (toasts.length > 0 || goBack.current === null) return
    if (document.activeElement === document.body) focusOn(goBack.current)
    goBack.current = null
  }, [toasts.length])
  return (
    <section
      ref={section}
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
