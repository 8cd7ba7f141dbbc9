import { bridge } from '../../../lib/bridge.ts'
import { popOutHref } from '../../../lib/route.ts'
import { useToasts } from '../../../ui/toast-store.ts'

/** A link takes the login of this window along, which `noopener` would keep from it. */
const openTab = (href: string) => {
  const link = document.createElement('a')
  Object.assign(link, { href, target: '_blank', rel: 'opener' })
  link.click()
}

/** Opens a conference in a window of its own, or brings the one that shows it to the front. */
export const popOut = (id: string): void => {
  const href = popOutHref(id)
  const opened = window.open(href, `conference-${id}`, 'popup,width=1120,height=760')
  opened?.focus()
  // The desktop opens the window itself and hands the page none.
  if (opened !== null || bridge.launch !== undefined) return
  useToasts.getState().show({
    tone: 'warn',
    text: 'The browser kept the window from opening. Allow pop-ups for this address, or open the conference in a tab.',
    action: { label: 'Open in a tab', hasKey: false, run: () => openTab(href) },
  })
}
