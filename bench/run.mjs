// `npm run bench -- NAME …`: builds what is measured, then runs bench/NAME.ts.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const [name = '', ...rest] = process.argv.slice(2)
const script = `bench/${name}.ts`
if (!/^[a-z-]+$/.test(name) || !existsSync(script)) {
  process.stderr.write(
    'bench: name one of list, startup, kill, import, matrix, peaks, measures, edits, export, editor, engine, calls, board, mixer\n',
  )
  process.exit(2)
}
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const steps = [
  [npm, ['run', '--silent', 'build']],
  [process.execPath, [script, ...rest]],
]
for (const [command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
