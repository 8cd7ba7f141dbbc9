/** What the window may not do: leave, open others, be asked by strangers, use the machine's devices. */
import { shell, type IpcMainInvokeEvent, type Session, type WebContents } from 'electron'
import type { Log } from '../platform/log.ts'
import { isAllowed } from './permissions.ts'
import { wishOf, type Wish } from './wish.ts'

const originOf = (url: string) => new URL(url).origin

export const openDocs = (url: string): void => void shell.openExternal(`${url}/docs`)

/** The app's own page in the window's own frame, and not a frame inside it. */
export const isOwnFrame = ({ senderFrame }: IpcMainInvokeEvent, url: string): boolean =>
  senderFrame?.parent === null && senderFrame.origin === originOf(url)

type ContentsRules = {
  /** Address of the interface. */
  url: string
  /** Makes true what the page may wish for. */
  grant: (wish: Exclude<Wish, { kind: 'docs' | 'nothing' }>) => void
  log: Log
}

export const guardContents = (contents: WebContents, { url, grant, log }: ContentsRules): void => {
  const origin = originOf(url)
  contents.on('will-navigate', (event) => {
    const isOwn = URL.parse(event.url)?.origin === origin
    if (isOwn && wishOf(event.url, origin).kind !== 'docs') return
    event.preventDefault()
    log.warn('kept the window from leaving', { target: event.url })
  })
  contents.setWindowOpenHandler(({ url: wanted }) => {
    const wish = wishOf(wanted, origin)
    if (wish.kind === 'docs') void shell.openExternal(wish.address)
    else if (wish.kind === 'nothing')
      log.warn('kept the page from opening a window', { target: wanted })
    else grant(wish)
    // What is granted gets a window of the shell's making: see docs/decisions/0025-pop-outs.md.
    return { action: 'deny' }
  })
}

/** A check carries one media type, a request a list; a check without one is about both. */
export const guardSession = (session: Session, url: string): void => {
  const own = originOf(url)
  session.setPermissionRequestHandler((_, permission, answer, details) => {
    const origin = URL.parse(details.requestingUrl)?.origin ?? ''
    const mediaTypes = 'mediaTypes' in details ? details.mediaTypes : undefined
    answer(isAllowed({ permission, origin, mediaTypes }, own))
  })
  session.setPermissionCheckHandler((_, permission, requestingOrigin, { mediaType }) => {
    const origin = URL.parse(requestingOrigin)?.origin ?? ''
    const mediaTypes = mediaType === undefined ? undefined : [mediaType]
    return isAllowed({ permission, origin, mediaTypes }, own)
  })
}
