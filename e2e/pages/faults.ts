import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

type Looking = {
  /** A selector; the whole page when missing. */
  within?: string
  /** By their axe ids; all of them when missing. */
  rules?: readonly string[]
}

/** What axe finds once the page has come to rest: rules, and the elements that break them. */
export const faultsOf = async (
  page: Page,
  { within, rules }: Looking = {},
): Promise<{ id: string; nodes: string[] }[]> => {
  // Fading in is between two contrasts: what is judged is what stays.
  await page.evaluate(() => {
    const endless = (animation: Animation) =>
      animation.effect?.getComputedTiming().iterations === Infinity
    return Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => !endless(animation))
        .map(({ finished }) => finished),
    )
  })
  // Legacy mode needs no second page, which a desktop window would refuse.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  if (within !== undefined) axe.include(within)
  if (rules !== undefined) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))
}
