/** What the window may not do: leave, open others, be asked by strangers, use the machine's devices. */
import { shell, type IpcMainInvokeEvent, type Session, type WebContents } from 'electron'
import type { Log } from '../platform/log.ts'
import { isAllowed } from './permissions.ts'

/** Pages of ours that belong into the person's browser. */
const isDocs = (target: URL, origin: string) =>
  target.origin === origin && /^\/docs(\/|$)/.test(target.pathname)

const originOf = (url: string) => new URL(url).origin

export const openDocs = (url: string): void => void shell.openExternal(`${url}/docs`)

/** The app's own page in the window's own frame, and not a frame inside it. */
export const isOwnFrame = ({ senderFrame }: IpcMainInvokeEvent, url: string): boolean =>
  senderFrame?.parent === null && senderFrame.origin === originOf(url)

export const guardContents = (contents: WebContents, url: string, log: Log): void => {
  const origin = originOf(url)
  contents.on('will-navigate', (event) => {
    const target = URL.parse(event.url)
    if (target?.origin === origin && !isDocs(target, origin)) return
    event.preventDefault()
    log.warn('kept the window from leaving', { target: event.url })
  })
  contents.setWindowOpenHandler(({ url: wanted }) => {
    const target = URL.parse(wanted)
    if (target && isDocs(target, origin)) void shell.openExternal(target.href)
    else log.warn('kept the page from opening a window', { target: wanted })
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
