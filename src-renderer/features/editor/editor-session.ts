import { create } from 'zustand'
import type { Draft } from '#contract/drafts'
import { GREGORIAN_OFFSET_S } from '#contract/envelope'
import { lookAhead } from '../../audio/edit-view/look-ahead.ts'
import { createSourceTiles, type SourceTiles } from '../../audio/edit-view/source-tiles.ts'
import { player } from '../../audio/player.ts'
import { backoffMs } from '../../lib/backoff.ts'
import { coalesce } from '../../lib/coalesce.ts'
import { useToasts } from '../../ui/toast-store.ts'
import { useEditorSettings } from './editor-settings.ts'
import { createEditor, writtenOf, type Editor } from './editor-state.ts'
import { createJournal } from './journal.ts'
import { createLease, type Lease } from './lease.ts'
import {
  conflictOf,
  failureOf,
  loadDraft,
  onObjectEvent,
  setEditor,
  writeEntry,
} from './queries.ts'
import { createRenderSound } from './render-sound.ts'
import { createSampleCache } from './sample-cache.ts'
import { createSourceData } from './source-data.ts'
import { createTransport } from './transport.ts'
import { openWebAudio } from './web-audio-output.ts'
import { windowId } from './window-id.ts'

/** A draft that is open in this window, with everything that lives as long as it is. */
export type Session = {
  editor: Editor
  tiles: SourceTiles
  /** Lets this window go on where another one was at work. */
  takeOver: () => Promise<void>
  /** Takes the draft as the backend has it; what was not written is gone. */
  reload: () => Promise<void>
  close: () => void
}

const wait = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

export const sourceData = createSourceData()

/** The ear of the editor: one for the window, like the player. */
export const transport = createTransport({
  open: openWebAudio,
  render: createRenderSound(createSampleCache(sourceData.samples)),
  wait,
  silenceOthers: () => player.stop(),
})
transport.setLaw(useEditorSettings.getState().law)

player.store.subscribe(({ state }) => {
  if (state === 'loading' || state === 'playing') transport.stop()
})

const warn = (text: string) => useToasts.getState().show({ tone: 'warn', text })

const openJournal = (draft: Draft) =>
  createJournal(writtenOf(draft), {
    send: (entry, revision) => writeEntry(draft.id, entry, { revision, window: windowId }),
    fetch: async () => writtenOf(await loadDraft(draft.id)),
    kindOf: (error) => (conflictOf(error) === 'editor' ? 'refused' : failureOf(error)),
    delay: (attempt) => new Promise((resolve) => wait(backoffMs(attempt), resolve)),
    now: Date.now,
  })

const askFor = async (id: string, takeOver: boolean) => {
  try {
    await setEditor(id, { window: windowId, ...(takeOver ? { take_over: true } : {}) })
    return { isMine: true } as const
  } catch (error) {
    if (failureOf(error) !== 'conflict') throw error
    const { editor } = await loadDraft(id)
    return { isMine: false, since: editor?.since } as const
  }
}

const listenEveryMs = 1000

/** Hears of changes that other windows and the backend make, and of who may make them. */
const listenFor = (
  id: string,
  session: { editor: Editor; lease: Lease; reload: () => Promise<void> },
) => {
  const { editor, lease, reload } = session
  const hints = coalesce<string>(listenEveryMs, () => {
    if (editor.store.getState().permission.isMine) void lease.check()
    else void reload().catch(() => undefined)
  })
  const stop = onObjectEvent((event) => {
    if (event.type === 'draft' && event.id === id) hints.add(id)
  })
  return () => {
    stop()
    hints.stop()
  }
}

/** How much of the window the wave has: what is beside it is about a quarter. */
export const viewShare = 0.75

export const openSession = (draft: Draft): Session => {
  const editor = createEditor(draft, {
    openJournal,
    now: () => Math.floor(Date.now() / 1000) + GREGORIAN_OFFSET_S,
    onList: (list, move) => transport.setList(list, move),
    onProblem: warn,
  })
  const tiles = createSourceTiles(sourceData)
  lookAhead(tiles, editor.list(), window.innerWidth * viewShare)

  const reload = async () => editor.adopt(await loadDraft(draft.id))

  const lease = createLease({
    ask: ({ takeOver }) => askFor(draft.id, takeOver),
    leave: () => void setEditor(draft.id, { window: windowId, leave: true }).catch(() => undefined),
    wait,
    onChange: (permission) => {
      const before = editor.store.getState().permission
      editor.store.setState({ permission })
      if (before.isMine || !permission.isMine) return
      // What this window had not written when it lost the draft is tried again, never thrown away.
      if (editor.journal.store.getState().status === 'saved') void reload()
      else editor.journal.retry()
    },
  })
  const stopListening = listenFor(draft.id, { editor, lease, reload })
  const stopJournal = editor.journal.store.subscribe(({ status }) => {
    if (status === 'refused') void lease.check()
  })
  void lease.start()
  transport.setList(editor.list(), (frame) => frame)
  const leaveLate = () => lease.end()
  window.addEventListener('pagehide', leaveLate)

  return {
    editor,
    tiles,
    takeOver: () => lease.takeOver(),
    reload,
    close: () => {
      window.removeEventListener('pagehide', leaveLate)
      stopListening()
      stopJournal()
      transport.stop()
      lease.end()
      editor.close()
      tiles.dispose()
    },
  }
}

/** The draft this window has open; it stays open while another page is looked at. */
export const useOpenSession = create<{ session: Session | undefined }>(() => ({
  session: undefined,
}))

export const replaceSession = (session: Session | undefined): void => {
  useOpenSession.getState().session?.close()
  useOpenSession.setState({ session })
}
