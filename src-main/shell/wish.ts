/**
 * What a page gets that asks for another window. Decided from the address alone, parsed and never by how
 * it begins: what is not exactly one of ours is nothing.
 */
export type Wish =
  /** Pages of ours that belong into the person's browser. */
  | { readonly kind: 'docs'; readonly address: string }
  | { readonly kind: 'pop-out'; readonly conferenceId: string }
  /** A page of the app: the main window goes there. */
  | { readonly kind: 'page'; readonly hash: string }
  | { readonly kind: 'nothing' }

const nothing: Wish = { kind: 'nothing' }

/** Ids of documents, and those that a dial gave a conference it made. */
const conferenceId = /^[\w-]{1,128}$/
const appPage = /^#\/[a-z]+(\?[^?#]*)?$/

/** Where the pop-out of a conference is; the page builds the same. */
export const popOutHash = (id: string): string => `#/conferences?conference=${id}&popout=1`

const wishOfHash = (hash: string): Wish => {
  if (!appPage.test(hash)) return nothing
  const [path, search = ''] = hash.split('?')
  const params = new URLSearchParams(search)
  if (!params.has('popout')) return { kind: 'page', hash }
  const id = params.get('conference') ?? ''
  const isWhole = path === '#/conferences' && params.size === 2 && params.get('popout') === '1'
  return isWhole && conferenceId.test(id) ? { kind: 'pop-out', conferenceId: id } : nothing
}

/** `own` is the origin of the interface. */
export const wishOf = (wanted: string, own: string): Wish => {
  const target = URL.parse(wanted)
  // The origin of an address says nothing about a user name and password in it.
  if (target?.origin !== own || target.username !== '' || target.password !== '') return nothing
  if (/^\/docs(\/|$)/.test(target.pathname)) return { kind: 'docs', address: target.href }
  if (target.pathname !== '/' || target.search !== '') return nothing
  return wishOfHash(target.hash)
}
