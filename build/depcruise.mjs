// The import rules, executed. A gate that cannot fail proves nothing: it first plants a violation and
// demands that it is caught, and it refuses to pass when suspiciously few modules were seen
// (dependency-cruiser reports success on zero modules when its TypeScript is one it cannot read).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import rules from '../.dependency-cruiser.js'

const minimumModules = 60
const tsConfig = extractTSConfig('tsconfig.json')

const run = async (paths) => {
  const { output } = await cruise(
    paths,
    { ...rules.options, validate: true, ruleSet: { forbidden: rules.forbidden } },
    undefined,
    { tsConfig },
  )
  return output
}

const plant = async () => {
  const folder = mkdtempSync(join('src-main', 'platform', 'planted-'))
  try {
    writeFileSync(
      join(folder, 'planted.ts'),
      "import { createApp } from '../../app.ts'\nexport { createApp }\n",
    )
    const { summary } = await run([folder])
    return summary.violations.some(({ rule }) => rule.name === 'platform-below-modules')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (!(await plant())) {
  process.stderr.write(
    'import rules: the planted violation was not caught, so this gate proves nothing\n',
  )
  process.exit(1)
}

const { summary, modules } = await run(['src-main', 'src-renderer'])
for (const { rule, from, to } of summary.violations) {
  const { comment } = rules.forbidden.find(({ name }) => name === rule.name) ?? {}
  process.stderr.write(`${rule.name}: ${from} → ${to}\n    ${comment}\n`)
}
const own = modules.filter(({ source }) => source.startsWith('src-')).length
if (own < minimumModules) {
  process.stderr.write(
    `import rules: only ${own} modules were seen, at least ${minimumModules} expected\n`,
  )
}
if (summary.violations.length > 0 || own < minimumModules) process.exit(1)
process.stdout.write(`import rules: ${own} modules, no violation, planted violation caught\n`)
