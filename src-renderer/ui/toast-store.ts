import { create } from 'zustand'

export type ToastTone = 'ok' | 'warn' | 'bad' | 'info'

type ToastInput = {
  tone: ToastTone
  text: string
  /** `hasKey: false` where the key that undoes things belongs to the page. */
  action?: { label: string; run: () => void; hasKey?: boolean }
  /** It is about something that will happen then, ms since 1970: it counts down, and stays until it is dismissed. */
  untilMs?: number
}

export type Toast = ToastInput & { id: number; durationMs: number }

type ToastState = {
  toasts: readonly Toast[]
  show: (toast: ToastInput) => number
  dismiss: (id: number) => void
}

const mostShown = 4

/** Long enough to read; what can be undone or went wrong stays longer. */
export const toastDurationMs = ({ tone, text, action }: ToastInput): number => {
  const readingMs = 2500 + text.length * 60
  return Math.max(readingMs, action || tone === 'bad' ? 9000 : 4000)
}

let lastId = 0

export const useToasts = create<ToastState>((set) => ({
  toasts: [],
  show: (toast) => {
    const id = ++lastId
    set(({ toasts }) => ({
      // The same sentence twice is one message that came again.
      toasts: [
        ...toasts.filter((other) => other.text !== toast.text || other.action !== undefined),
        { ...toast, id, durationMs: toastDurationMs(toast) },
      ].slice(-mostShown),
    }))
    return id
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}))
