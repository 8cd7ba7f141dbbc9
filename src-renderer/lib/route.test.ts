import { expect, test } from 'vitest'
import { hrefOf, isPopOut, parseRoute, popOutHref } from './route.ts'

test('an address leads back to itself', () => {
  const href = hrefOf('prompts', { prompt: 'vm-enter_pass', language: 'fr-fr', text: 'a & b' })

  expect(parseRoute(href)).toEqual({
    page: 'prompts',
    params: { prompt: 'vm-enter_pass', language: 'fr-fr', text: 'a & b' },
  })
})

test.each(['', '#', '#/'])('%j names no page', (hash) => {
  expect(parseRoute(hash)).toEqual({ page: '', params: {} })
})

test('leaves out parameters without a value', () => {
  expect(hrefOf('media', { item: undefined })).toBe('#/media')
})

test('the address of a pop-out says that it is one', () => {
  expect(isPopOut(parseRoute(popOutHref('abc')))).toBe(true)
  expect(isPopOut(parseRoute(hrefOf('conferences', { conference: 'abc' })))).toBe(false)
  expect(isPopOut(parseRoute('#/media?popout=1'))).toBe(false)
})
