import type { FullResult, Reporter, TestCase } from '@playwright/test/reporter'
import { hosts } from './hosts/available.ts'

/** Says which hosts ran, and ends with one line that a machine can read. */
export class HostReport implements Reporter {
  readonly #tests: TestCase[] = []

  onBegin(_: unknown, suite: { allTests: () => TestCase[] }): void {
    this.#tests.push(...suite.allTests())
  }

  onEnd({ status }: Pick<FullResult, 'status'>): void {
    const passed = (test: TestCase) => test.outcome() === 'expected' && test.results.length > 0
    const failed = (test: TestCase) => test.outcome() === 'unexpected'
    const lines = hosts.map(({ name, runsOn, otherwise }) => {
      const own = this.#tests.filter((test) => test.parent.project()?.name === name)
      if (runsOn === null) return `${name}: not run, ${otherwise}`
      return `${name}: ${own.filter(passed).length} passed, ${own.filter(failed).length} failed`
    })
    const failures = this.#tests.filter(failed).length
    // A run that broke off without a failed journey has failed all the same.
    const counted = status === 'passed' ? failures : Math.max(failures, 1)
    lines.push(`${this.#tests.filter(passed).length} passed, ${counted} failed`)
    process.stdout.write(`\n${lines.join('\n')}\n`)
  }

  printsToStdio(): boolean {
    return false
  }
}

// Playwright takes a reporter by its default export.
export { HostReport as default }
