import type { Method } from '#contract/endpoint'
import type { Resource } from './dispatch.ts'
import type { Route } from './route.ts'

const accountPrefix = '/accounts/{account_id}'

/** Routes grouped by path template; those of the system scope also stand without the account. */
export const resourcesOf = (routes: readonly Route[]): Map<string, Resource> => {
  const resources = new Map<string, { routes: Map<Method, Route>; isSystem: boolean }>()
  const add = (path: string, route: Route, isSystem: boolean) => {
    const resource = resources.get(path) ?? { routes: new Map<Method, Route>(), isSystem }
    const { method } = route.endpoint
    if (resource.routes.has(method)) throw new Error(`two routes answer ${method} ${path}`)
    resources.set(path, { ...resource, routes: resource.routes.set(method, route) })
  }
  for (const route of routes) {
    const { path, system } = route.endpoint
    add(path, route, false)
    if (system) add(path.replace(accountPrefix, ''), route, true)
  }
  return resources
}

/** `{name}` templates as the router writes them. */
export const routerPath = (template: string): string => template.replaceAll(/\{(\w+)\}/g, ':$1')
