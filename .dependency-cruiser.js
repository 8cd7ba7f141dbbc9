// One line per rule: name, the reason a reader gets when it fires, from, to.
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const test = '[.](test|spec)[.]tsx?$'
/** Helpers of tests. */
const helpers = '^src-(main|renderer)/.*/test/|^src-main/test/'
const door = (name, packages, home) =>
  rule(
    `one-door-${name}`,
    `Only ${home} touches ${packages}: one place to change, log and stop.`,
    { path: '^src-', pathNot: [home, test, helpers] },
    { path: packages },
  )

export default {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one file.', {}, { circular: true }),
    rule(
      'no-unresolved',
      'An import that resolves to nothing hides from every other rule.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'no-orphans',
      'A file nothing reaches is dead: wire it or delete it.',
      {
        orphan: true,
        path: '^src-',
        pathNot: [
          test,
          '[.]d[.]ts$',
          'main[.]tsx?$',
          'serve[.]ts$',
          'worker[.]ts$',
          'preload[.]ts$',
        ],
      },
      {},
    ),
    rule(
      'no-test-in-product',
      'What ships never imports a test or its helpers.',
      { path: '^src-', pathNot: [test, helpers] },
      { path: [test, helpers, '^e2e/', '^bench/'] },
    ),
    rule(
      'contract-is-pure',
      'The contract runs in both processes: TypeBox and itself, nothing else.',
      { path: '^src-main/contract/', pathNot: test },
      { pathNot: ['^src-main/contract/', '(^|/)node_modules/typebox/'] },
    ),
    rule(
      'sound-is-pure',
      'What audio is and what editing does to it is arithmetic: it runs in both processes.',
      { path: '^src-main/sound/', pathNot: test },
      { pathNot: ['^src-main/(contract|sound)/'] },
    ),
    rule(
      'tasks-run-in-the-worker',
      'What runs in a worker thread is composed in worker.ts alone.',
      { path: '^src-main/', pathNot: ['^src-main/worker[.]ts$', test] },
      { path: '^src-main/modules/[^/]+/tasks[.]ts$' },
    ),
    rule(
      'module-face-only',
      'A module is entered by the file that carries its name.',
      { path: '^src-main/modules/([^/]+)/' },
      {
        path: '^src-main/modules/',
        pathNot: ['^src-main/modules/$1/', '^src-main/modules/([^/]+)/\\1[.]ts$'],
      },
    ),
    rule(
      'store-is-private',
      'SQL stays behind the face of its module.',
      { pathNot: '^src-main/(modules|platform)/' },
      { path: '^src-main/(modules|platform)/[^/]+/store[.]ts$' },
    ),
    rule(
      'routes-are-wired-in-app',
      'Only the composition root sees routes.',
      { pathNot: ['^src-main/(app|calls)[.]ts$', test, helpers] },
      { path: '^src-main/modules/[^/]+/routes[.]ts$' },
    ),
    rule(
      'platform-below-modules',
      'Technical code never learns a domain word.',
      { path: '^src-main/platform/' },
      { path: '^src-main/(modules|engine|shell|(app|calls)[.]ts)' },
    ),
    rule(
      'shell-is-the-top',
      'Nothing below main.ts knows there is a window.',
      { path: '^src-main/', pathNot: '^src-main/(shell/|main[.]ts$)' },
      { path: '^src-main/(shell/|main[.]ts$)' },
    ),
    door('electron', '(^|/)(node_modules/)?electron(/|$)', '^src-main/(shell/|main[.]ts$)'),
    door('child-process', '^(node:)?child_process$', '^src-main/platform/process/'),
    door('sqlite', '^node:sqlite$|(^|/)node_modules/better-sqlite3/', '^src-main/platform/sqlite/'),
    door('http', '(^|/)node_modules/(fastify|@fastify|ws)/', '^src-main/platform/http/'),
    door('datagrams', '^(node:)?(dgram|dns)(/|$)', '^src-main/(sip/transport|engine/io)/'),
    rule(
      'engine-frames-are-pure',
      'What happens to 20 ms of audio is arithmetic: a test drives it frame by frame.',
      { path: '^src-main/engine/frame/', pathNot: [test, helpers] },
      { pathNot: ['^src-main/engine/(frame/|port[.]ts$)', '^src-main/sound/'] },
    ),
    rule(
      'engine-does-io-at-its-edge',
      'Only io/ holds sockets and files, and only the thread puts it around the core.',
      {
        path: '^src-main/engine/',
        pathNot: ['^src-main/engine/(io/|worker[.]ts$)', test, helpers],
      },
      {
        path: ['^(node:)?(fs|dgram|dns|worker_threads)(/|$)', '^src-main/engine/io/'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^src-main/engine/io/(ports|socket-address)[.]ts$',
      },
    ),
    rule(
      'engine-face-only',
      'An engine is entered by its port, since it may be another one; its arithmetic may be used by all.',
      { path: '^src-main/', pathNot: ['^src-main/engine/', test, helpers] },
      {
        path: '^src-main/engine/',
        pathNot: '^src-main/engine/((engine|port)|frame/(tones|resample))[.]ts$',
      },
    ),
    rule(
      'engine-knows-frames-only',
      'No SIP, no documents, no accounts: the engine is behind a port.',
      { path: '^src-main/engine/', pathNot: [test, helpers] },
      {
        path: '^src-main/',
        pathNot: [
          '^src-main/(engine|sound)/',
          '^src-main/platform/(scope|log)[.]ts$',
          '^src-main/platform/workers/(companion|program)[.]ts$',
        ],
      },
    ),
    rule(
      'sip-sockets-in-transport',
      'Messages, transactions and dialogs are pure: only the transport does I/O.',
      { path: '^src-main/sip/', pathNot: ['^src-main/sip/transport/', test] },
      { path: '^(node:)?(net|tls|dgram|dns)(/|$)' },
    ),
    rule(
      'sip-face-only',
      'The stack is entered by the file that carries its name.',
      { path: '^src-main/', pathNot: '^src-main/sip/' },
      { path: '^src-main/sip/', pathNot: '^src-main/sip/sip[.]ts$' },
    ),
    rule(
      'sip-calls-above-requests',
      'Requests, transactions and messages know no calls: stack.ts puts them together.',
      { path: '^src-main/sip/(message|transport|transaction|digest|core)/', pathNot: test },
      { path: '^src-main/sip/(call|dialog|sdp|stack|sip)' },
    ),
    rule(
      'sip-knows-no-media',
      'Signalling is separable from audio, storage and HTTP.',
      { path: '^src-main/sip/', pathNot: test },
      {
        path: '^src-main/',
        pathNot: ['^src-main/sip/', '^src-main/platform/(scope|log|clock|port)[.]ts$'],
      },
    ),
    door('worker', '^(node:)?worker_threads$', '^src-main/(platform/workers/|worker[.]ts$)'),
    door('wavesurfer', '(^|/)node_modules/wavesurfer[.]js/', '^src-renderer/audio/'),
    door('zip', '(^|/)node_modules/(yauzl|yazl)/', '^src-main/platform/zip[.]ts$'),
    rule(
      'ui-sees-contract-only',
      'The renderer knows the backend by its contract, and shares the arithmetic of sound.',
      { path: '^src-renderer/' },
      { path: '^src-main/', pathNot: '^src-main/(contract|sound)/' },
    ),
    rule(
      'main-never-sees-ui',
      'The backend runs without a renderer.',
      { path: '^src-main/' },
      { path: '^src-renderer/' },
    ),
    rule(
      'features-are-islands',
      'Compose features in app/, not in each other.',
      { path: '^src-renderer/features/([^/]+)/' },
      { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    ),
    rule(
      'shared-below-features',
      'ui, audio, api and lib never import a feature or the app.',
      { path: '^src-renderer/(ui|audio|api|lib)/' },
      { path: '^src-renderer/(features|app)/' },
    ),
    rule(
      'data-enters-by-queries',
      'A feature calls the backend in its queries.ts and nowhere else; its tests may stand in for it.',
      { path: '^src-renderer/features/', pathNot: ['/queries[.]ts$', test, helpers] },
      { path: '^src-renderer/api/' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    builtInModules: { add: ['node:sqlite', 'electron'] },
  },
}
