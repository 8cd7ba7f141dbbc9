import { describe, expect, it } from 'vitest'
import { popOutHash, wishOf } from './wish.ts'

const own = 'http://127.0.0.1:4000'
const id = '0123456789abcdef0123456789abcdef'
const asks = (path: string, origin = own) => wishOf(`${origin}${path}`, own)
const nothing = { kind: 'nothing' }

describe('a page that asks for a window', () => {
  it('gets the pop-out of a conference', () => {
    expect(asks(`/${popOutHash(id)}`)).toEqual({ kind: 'pop-out', conferenceId: id })
    expect(asks('/#/conferences?popout=1&conference=dialled_by-hand')).toEqual({
      kind: 'pop-out',
      conferenceId: 'dialled_by-hand',
    })
  })

  it.each([
    ['another server', `http://127.0.0.1:4001/${popOutHash(id)}`],
    ['another name of this one', `http://localhost:4000/${popOutHash(id)}`],
    ['a name that begins like ours', `http://127.0.0.1:4000.example/${popOutHash(id)}`],
    ['ours as a user name of another', `http://127.0.0.1:4000@example.org/${popOutHash(id)}`],
    ['a user name of its own', `http://ann@127.0.0.1:4000/${popOutHash(id)}`],
    ['another path', `${own}/v2/${popOutHash(id)}`],
    ['a path that climbs', `${own}/docs/../../v2`],
    ['a search', `${own}/?x=1${popOutHash(id)}`],
    ['no conference', `${own}/#/conferences?popout=1`],
    ['an id with a path in it', `${own}/#/conferences?conference=..%2Fdesktop&popout=1`],
    ['an id that is too long', `${own}/${popOutHash('a'.repeat(129))}`],
    ['two conferences', `${own}/#/conferences?conference=a&conference=b&popout=1`],
    ['more than a pop-out', `${own}/${popOutHash(id)}&token=secret`],
    ['a pop-out of another page', `${own}/#/media?conference=${id}&popout=1`],
    ['a token', `${own}/#token=secret`],
    ['a script', 'javascript:alert(1)'],
    ['nothing that is an address', 'about blank'],
  ])('gets nothing for %s', (_, wanted) => {
    expect(wishOf(wanted, own)).toEqual(nothing)
  })

  it('gets the documentation in the browser, and pages of the app in the main window', () => {
    expect(asks('/docs')).toEqual({ kind: 'docs', address: `${own}/docs` })
    expect(asks('/docsomething')).toEqual(nothing)
    expect(asks('/#/prompts?prompt=vm-enter_pass')).toEqual({
      kind: 'page',
      hash: '#/prompts?prompt=vm-enter_pass',
    })
  })
})
