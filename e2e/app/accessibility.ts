import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails where axe finds what somebody could not see, reach or hear; `where` names the state of the page. */
export async function expectNoViolations(page: Page, where: string): Promise<void> {
  // The legacy mode needs no second page, which the desktop window may not open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  expect(found, where).toEqual([]);
}
