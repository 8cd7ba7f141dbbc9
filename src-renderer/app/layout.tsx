import { useEffect, useState } from 'react'
import { PopOutPage } from '../features/conferences/pop-out-page.tsx'
import { isPopOut, openPage, useRoute } from '../lib/route.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ShortcutSheet } from '../ui/shortcut-sheet.tsx'
import { Toasts } from '../ui/toast.tsx'
import { useCommand } from '../ui/use-command.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { destinationOf, destinations, type Destination } from './routes.tsx'
import { StatusBar } from './status-bar.tsx'
import { ThemeCommands } from './theme-commands.tsx'
import { TopBar } from './top-bar.tsx'
import './layout.css'

/** What a destination adds to every page: a command that leads to it and its part of the search. */
const Reachable = ({ id, title, keys, search: Search }: Destination) => {
  useCommand({
    id: `app.go.${id}`,
    title: `Go to ${title}`,
    group: 'Go',
    keys,
    run: () => openPage(id),
  })
  return Search ? <Search /> : null
}

const ShortcutsDialog = () => {
  const [isOpen, setOpen] = useState(false)
  useCommand({
    id: 'help.shortcuts',
    title: 'Show keyboard shortcuts',
    group: 'Help',
    keys: '?',
    run: () => setOpen(true),
  })
  return (
    <Dialog isOpen={isOpen} onOpenChange={setOpen} title="Keyboard shortcuts" size="large">
      <ShortcutSheet />
    </Dialog>
  )
}

/** A file dropped beside its target would otherwise replace the app in its window. */
const useHarmlessDrops = () => {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
    }
    window.addEventListener('dragover', refuse)
    window.addEventListener('drop', refuse)
    return () => {
      window.removeEventListener('dragover', refuse)
      window.removeEventListener('drop', refuse)
    }
  }, [])
}

const everywhere = (
  <>
    <Toasts />
    <ShortcutsDialog />
    <ThemeCommands />
  </>
)

/** One conference in a window of its own: no way to other pages, and nothing of them in the search. */
const PopOutLayout = () => (
  <div className="layout layout-pop-out">
    <main className="layout-page">
      <ErrorBoundary>
        <PopOutPage />
      </ErrorBoundary>
    </main>
    <Palette finds="commands" />
    {everywhere}
  </div>
)

const AppLayout = ({ page }: { page: string }) => {
  const { id, title, page: Page } = destinationOf(page)
  useEffect(() => {
    document.title = `${title} – Patchbay`
  }, [title])
  return (
    <div className="layout">
      <TopBar title={title} />
      <Rail current={id} />
      <main className="layout-page">
        <ErrorBoundary key={id}>
          <Page />
        </ErrorBoundary>
      </main>
      <StatusBar />
      <Palette finds="prompts, media, commands" />
      {everywhere}
      {destinations.map((destination) => (
        <Reachable key={destination.id} {...destination} />
      ))}
    </div>
  )
}

export const Layout = () => {
  const route = useRoute()
  useHarmlessDrops()
  return isPopOut(route) ? <PopOutLayout /> : <AppLayout page={route.page} />
}
