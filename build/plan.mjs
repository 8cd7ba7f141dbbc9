// What is missing and how to get it. Pure: facts about the machine in, steps out.

const why = {
  'npm packages': 'the libraries of package-lock.json',
  'Node 24': 'the Node that Electron carries; everything runs on it',
  sox: 'sox with MP3 reads, converts and normalises audio',
  'espeak-ng': 'speaks texts',
  chromium: 'the browser the journeys run in',
  baresip: 'a phone that tests register and call with',
  sipp: 'tests load the phone side with it',
}

const without = {
  sox: 'audio cannot be converted, and MP3 files cannot be read',
  'espeak-ng': 'texts cannot be spoken',
  baresip: 'tests with a real phone are not run',
  sipp: 'tests under the load of many phones are not run',
}

// Where a manager's package is no real browser (snap stubs, casks) Playwright's own build is used.
const packages = {
  'apt-get': {
    sox: ['sox', 'libsox-fmt-mp3'],
    'espeak-ng': ['espeak-ng'],
    chromium: ['chromium'],
    baresip: ['baresip-core'],
    sipp: ['sip-tester'],
  },
  dnf: {
    sox: ['sox'],
    'espeak-ng': ['espeak-ng'],
    chromium: ['chromium'],
    baresip: ['baresip'],
    sipp: ['sipp'],
  },
  pacman: {
    sox: ['sox', 'lame', 'libmad'],
    'espeak-ng': ['espeak-ng'],
    chromium: ['chromium'],
    baresip: ['baresip'],
  },
  apk: {
    sox: ['sox'],
    'espeak-ng': ['espeak-ng'],
    chromium: ['chromium'],
    baresip: ['baresip'],
    sipp: ['sipp'],
  },
  brew: { sox: ['sox'], 'espeak-ng': ['espeak-ng'], baresip: ['baresip'], sipp: ['sipp'] },
}

const install = {
  'apt-get': ['apt-get', 'install', '-y', '--no-install-recommends'],
  dnf: ['dnf', 'install', '-y'],
  pacman: ['pacman', '-S', '--noconfirm', '--needed'],
  apk: ['apk', 'add'],
  brew: ['brew', 'install'],
}

const byHand = {
  sox: 'install sox with MP3 support from https://sox.sourceforge.net and put it in PATH',
  'espeak-ng': 'install espeak-ng from https://github.com/espeak-ng/espeak-ng and put it in PATH',
  baresip: 'install baresip from https://github.com/baresip/baresip and put it in PATH',
  sipp: 'install SIPp from https://github.com/SIPp/sipp and put it in PATH',
}

const unattended = (command) => {
  const [, ...args] = command
  return [
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-q',
    '-o',
    'DPkg::Lock::Timeout=120',
    ...args,
  ]
}

/** Attempts with the system's package manager, each a list of commands; empty where there is none. */
const systemAttempts = (tool, { manager, privilege, packageLists, distribution }) => {
  const wanted = packages[manager]?.[tool]
  if (!wanted || privilege === 'none') return []
  if (tool === 'chromium' && distribution === 'ubuntu') return []
  const prefix = privilege === 'sudo' ? ['sudo', '-n'] : []
  if (manager !== 'apt-get') return [[[...prefix, ...install[manager], ...wanted]]]
  const update = [...prefix, ...unattended(['apt-get', 'update'])]
  const add = [...prefix, ...unattended([...install['apt-get'], ...wanted])]
  return packageLists ? [[add], [update, add]] : [[update, add]]
}

const playwrightInstall = ({ platform, privilege }) => {
  const system = platform === 'linux' && privilege !== 'none' ? ['--with-deps'] : []
  return ['npm', 'exec', '--', 'playwright', 'install', ...system, 'chromium']
}

/** What a person types to get a tool. */
export const commandFor = (tool, facts) => {
  const wanted = packages[facts.manager]?.[tool]
  if (wanted && !(tool === 'chromium' && facts.distribution === 'ubuntu')) {
    const sudo = facts.manager === 'brew' || facts.privilege === 'root' ? [] : ['sudo']
    return [...sudo, ...install[facts.manager].filter((part) => part !== '-y'), ...wanted].join(' ')
  }
  return tool === 'chromium' ? playwrightInstall(facts).join(' ') : byHand[tool]
}

const npmSteps = ({ npmPackages, node24 }) => {
  const scripts = npmPackages.allowScripts.join(', ') || 'none'
  const packagesStep = {
    name: 'npm packages',
    why: `${why['npm packages']} (install scripts allowed: ${scripts})`,
    attempts: [[['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error']]],
    command: 'npm ci',
  }
  const nodeStep = {
    name: 'Node 24',
    why: why['Node 24'],
    attempts: [[['npm', 'rebuild', 'node']]],
    command: 'npm rebuild node',
  }
  if (!npmPackages.installed) return [packagesStep, nodeStep]
  return node24 ? [] : [nodeStep]
}

/**
 * The steps that are needed, in order: `{ name, why, attempts, command, without? }`. An attempt is a
 * list of commands; the next attempt is made only when the one before did not bring the thing.
 * `command` is what to type where no attempt may be made or all failed; `without` says what does not
 * work meanwhile, and its absence means that nothing does.
 */
export const plan = (facts, tools) => [
  ...npmSteps(facts),
  ...tools
    .filter((tool) => !facts.found[tool])
    .map((tool) => ({
      name: tool,
      why: why[tool],
      attempts: [
        ...systemAttempts(tool, facts),
        ...(tool === 'chromium' ? [[playwrightInstall(facts)]] : []),
      ],
      command: commandFor(tool, facts),
      without: without[tool],
    })),
]
