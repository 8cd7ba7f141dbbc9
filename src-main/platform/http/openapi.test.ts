import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { createValidator } from './validate.ts'

let app: TestApp
let paths: Record<string, Record<string, any>>
beforeAll(async () => {
  app = await startApp()
  const response = await fetch(`${app.url}/docs/json`)
  paths = ((await response.json()) as { paths: typeof paths }).paths
})
afterAll(() => app.dispose())

const operations = () =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )
const tokensOf = (operation: any, status: number) =>
  operation.responses[status]?.description.split(', ') ?? []

describe('the description of the API', () => {
  it('shows data that its own schema takes, wherever the editor and batches are sent any', () => {
    const validator = createValidator()
    const shown = operations().flatMap(({ path, method, tags, requestBody }) => {
      const { schema, example } = requestBody?.content['application/json'] ?? {}
      const isNeeded = (schema?.properties.data.required ?? []).length > 0
      if (example === undefined)
        return isNeeded && /editor|batches/.test(tags[0]) ? [`${method} ${path} shows none`] : []
      validator.body(schema, example)
      return []
    })
    expect(shown).toEqual([])
  })

  it('names the refusals of a call by their status', () => {
    const step = paths['/studio/drafts/{draft_id}/steps']?.post
    expect(tokensOf(step, 409)).toEqual(['datastore_conflict'])
    expect(tokensOf(step, 400)).toContain('validation error')
    expect(tokensOf(step, 401)).toEqual(['invalid_credentials'])
    expect(tokensOf(paths['/studio/formats']?.get, 503)).toEqual(['tool_missing'])
    const listen = paths['/studio/conferences/{conference_id}/listen']?.get
    expect(tokensOf(listen, 429)).toEqual(['too_many_requests'])
  })

  it('tells apart what is streamed to a call', () => {
    const typesOf = (path: string) => Object.keys(paths[path]?.post.requestBody.content)
    expect(typesOf('/studio/sources')).toEqual(expect.arrayContaining(['audio/*']))
    expect(typesOf('/studio/packs/import')).toEqual(expect.arrayContaining(['application/zip']))
    expect(typesOf('/studio/packs/import')).not.toContain('audio/*')
  })
})
