import type { Reporter, TestCase } from '@playwright/test/reporter'
import { hosts } from './hosts/available.ts'

/** Says which hosts ran, and ends with one line that a machine can read. */
export class HostReport implements Reporter {
  readonly #tests: TestCase[] = []

  onBegin(_: unknown, suite: { allTests: () => TestCase[] }): void {
    this.#tests.push(...suite.allTests())
  }

  onEnd(): void {
    const passed = (test: TestCase) => test.outcome() === 'expected' && test.results.length > 0
    const failed = (test: TestCase) => test.outcome() === 'unexpected'
    const lines = hosts.map(({ name, runsOn, otherwise }) => {
      const own = this.#tests.filter((test) => test.parent.project()?.name === name)
      if (runsOn === null) return `${name}: not run, ${otherwise}`
      return `${name}: ${own.filter(passed).length} passed, ${own.filter(failed).length} failed`
    })
    const all = this.#tests
    lines.push(`${all.filter(passed).length} passed, ${all.filter(failed).length} failed`)
    process.stdout.write(`\n${lines.join('\n')}\n`)
  }

  printsToStdio(): boolean {
    return false
  }
}

// Playwright takes a reporter by its default export.
export { HostReport as default }
