import { useSyncExternalStore } from 'react'

/** Where the app is: `#/prompts?prompt=vm-hello&language=fr-fr`. Parameters name what is selected. */
export type Route = { page: string; params: Readonly<Record<string, string>> }

export const parseRoute = (hash: string): Route => {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  return { page: path, params: Object.fromEntries(new URLSearchParams(search)) }
}

/** Parameters that are undefined are left out. */
export const hrefOf = (
  page: string,
  params: Readonly<Record<string, string | undefined>> = {},
): string => {
  const search = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString()
  return `#/${page}${search ? `?${search}` : ''}`
}

/** A window that shows one conference and nothing else: nothing in it leads to other pages. */
export const isPopOut = ({ page, params }: Route): boolean =>
  page === 'conferences' && params.popout === '1'

export const popOutHref = (conference: string): string =>
  hrefOf('conferences', { conference, popout: '1' })

const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  window.addEventListener('hashchange', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('hashchange', listener)
  }
}

/** Tells of the next addresses, before the page of one is drawn. */
export const onRoute = (listener: (route: Route) => void): void => {
  subscribe(() => listener(parseRoute(location.hash)))
}

export const useRoute = (): Route =>
  parseRoute(useSyncExternalStore(subscribe, () => location.hash))

/** Opens a page; the way back leads to where one was. From a pop-out it opens beside it. */
export const openPage = (
  page: string,
  params?: Readonly<Record<string, string | undefined>>,
): void => {
  const href = hrefOf(page, params)
  if (isPopOut(parseRoute(window.location.hash))) window.open(href)
  else window.location.hash = href
}

/** Notes in the address what is selected, without a step in the history; undefined takes a name out. */
export const replaceParams = (change: Readonly<Record<string, string | undefined>>): void => {
  const { page, params } = parseRoute(window.location.hash)
  // replaceState fires no hashchange.
  window.history.replaceState(null, '', hrefOf(page, { ...params, ...change }))
  for (const listener of listeners) listener()
}
