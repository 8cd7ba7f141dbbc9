import { describe, expect, it } from 'vitest'
import { plan } from './plan.mjs'
import { hasMp3, sameInstall } from './probe.mjs'
import { noDesktop } from './electron.mjs'

type Step = { name: string; why: string; attempts: string[][][]; command: string; without?: string }

const tools = ['sox', 'espeak-ng', 'chromium']
const all = { sox: true, 'espeak-ng': true, chromium: true }
const ready = {
  platform: 'linux',
  distribution: 'debian',
  npmPackages: { installed: true, allowScripts: ['node'] },
  node24: true,
  found: all,
  manager: 'apt-get',
  privilege: 'root',
  packageLists: true,
}
const steps = (facts: object): Step[] => plan({ ...ready, ...facts }, tools) as Step[]
const lacking = (tool: string, facts: object = {}): Step => {
  const [step, ...more] = steps({ found: { ...all, [tool]: false }, ...facts })
  expect(more).toEqual([])
  return step!
}
const text = (attempts: string[][][]) => attempts.map((each) => each.map((one) => one.join(' ')))

describe('what bootstrap does', () => {
  it('does nothing when everything is there', () => {
    expect(steps({})).toEqual([])
  })

  it('installs npm packages first and names the install scripts that may run', () => {
    const [first, second] = steps({
      npmPackages: { installed: false, allowScripts: ['node'] },
      node24: false,
    })

    expect(first?.name).toBe('npm packages')
    expect(first?.why).toContain('install scripts allowed: node')
    expect(second?.name).toBe('Node 24')
  })

  it('fetches Node 24 when packages were installed without their scripts', () => {
    const [only, ...more] = steps({ node24: false })

    expect(text(only!.attempts)).toEqual([['npm rebuild node']])
    expect(more).toEqual([])
  })

  it('asks apt for sox with MP3, and refreshes its lists only when that fails', () => {
    const [first, second] = text(lacking('sox').attempts)

    expect(first).toHaveLength(1)
    expect(first?.[0]).toMatch(/noninteractive .*install .*sox libsox-fmt-mp3$/)
    expect(second?.[0]).toMatch(/update$/)
    expect(second?.[1]).toBe(first?.[0])
  })

  it('refreshes the lists first on a machine that has none', () => {
    const attempts = text(lacking('sox', { packageLists: false }).attempts)

    expect(attempts).toHaveLength(1)
    expect(attempts[0]?.[0]).toMatch(/update$/)
  })

  it('goes through sudo where that needs no password', () => {
    const { attempts } = lacking('espeak-ng', { privilege: 'sudo', manager: 'dnf' })

    expect(text(attempts)).toEqual([['sudo -n dnf install -y espeak-ng']])
  })

  it('only tells the command where it may not install', () => {
    const step = lacking('sox', { privilege: 'none' })

    expect(step.attempts).toEqual([])
    expect(step.command).toBe('sudo apt-get install --no-install-recommends sox libsox-fmt-mp3')
    expect(step.without).toContain('MP3')
  })

  it('needs no sudo for Homebrew', () => {
    const { attempts, command } = lacking('sox', { manager: 'brew', privilege: 'user' })

    expect(text(attempts)).toEqual([['brew install sox']])
    expect(command).toBe('brew install sox')
  })

  it('points to the project where the system has no package manager', () => {
    expect(lacking('sox', { manager: null, privilege: 'none' }).command).toContain('https://')
  })

  it('falls back to the browser of Playwright', () => {
    const attempts = text(lacking('chromium').attempts)

    expect(attempts[0]?.[0]).toMatch(/apt-get .*chromium$/)
    expect(attempts.at(-1)).toEqual(['npm exec -- playwright install --with-deps chromium'])
  })

  it('does not take Ubuntu’s snap stub for a browser', () => {
    const attempts = text(lacking('chromium', { distribution: 'ubuntu' }).attempts)

    expect(attempts).toEqual([['npm exec -- playwright install --with-deps chromium']])
  })

  it('goes on without other people’s phones, and says what is not tried', () => {
    const missing = { ...all, baresip: false, sipp: true }
    const [step] = plan({ ...ready, found: missing }, ['baresip', 'sipp']) as Step[]

    expect(text(step!.attempts)[0]?.[0]).toMatch(/apt-get .*baresip-core$/)
    expect(step?.without).toBe('tests with a real phone are not run')
  })

  it('cannot do without a browser in tests', () => {
    expect(lacking('chromium').without).toBeUndefined()
  })
})

describe('what npm installed', () => {
  const lock = {
    packages: { '': {}, a: { version: '1.0.0' }, b: { version: '2', optional: true } },
  }

  it('is what the lock file asks for', () => {
    expect(sameInstall(lock, { packages: { a: { version: '1.0.0' } } })).toBe(true)
  })

  it.each([
    ['another version', { packages: { a: { version: '1.0.1' } } }],
    ['a missing package', { packages: {} }],
    ['an interrupted install', null],
  ])('is not with %s', (_, installed) => {
    expect(sameInstall(lock, installed)).toBe(false)
  })
})

describe('sox', () => {
  it('can do MP3 only when its own list says so', () => {
    expect(hasMp3('SoX v14\nAUDIO FILE FORMATS: 8svx mp2 mp3 wav\nPLAYLIST FORMATS: m3u')).toBe(
      true,
    )
    expect(hasMp3('AUDIO FILE FORMATS: 8svx wav\nPLAYLIST FORMATS: m3u mp3')).toBe(false)
  })
})

describe('a desktop window', () => {
  it.each([
    ['linux', { DISPLAY: ':0' }, 1000, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['linux', {}, 1000, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, 0, 'Electron does not run as root'],
    ['darwin', {}, 501, null],
    ['win32', {}, undefined, null],
  ])('on %s with %o as user %s is hindered by %s', (platform, env, uid, reason) => {
    expect(noDesktop({ platform, env, uid })).toBe(reason)
  })
})
