import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

async function look(page: Page, rules: readonly string[] | 'all', where: string): Promise<void> {
  // The legacy mode needs no second page, which the desktop window may not open.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === 'all' ? builder : builder.withRules([...rules])).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  expect(found, where).toEqual([]);
}

/**
 * Fails where axe finds what somebody could not see, reach or hear, in light, and what could not be seen in dark, which
 * differs in its colours alone; `where` names the state of the page, which stays light.
 */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await look(page, ['color-contrast'], `${where}, dark`);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await look(page, 'all', where);
}
