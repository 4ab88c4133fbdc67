import { expect, type Locator } from '@playwright/test';
import { expectNoViolations } from '../app/accessibility.ts';
import { test } from '../app/cloud-test.ts';
import { addRemote, choosePlace, preview, sentLine, turnOn } from '../app/cloud-window.ts';
import { endFirstStart, finishedAnswer, goTo, newChat, send } from '../app/window.ts';

const question = 'Is Marta Lindqvist (marta.lindqvist@example.com) an early riser?';

test('has no accessibility violation around large models, in light and dark', async ({ app: { page }, provider }) => {
  test.slow();
  await endFirstStart(page);
  await turnOn(page, 'Ask');
  const address = provider.baseUrl('openai-compatible');
  await addRemote(page, { where: 'Another service in the cloud', name: 'Cumulus', address, key: 'test-key' });
  await expectNoViolations(page, 'a large model in the settings');
  await page.getByRole('button', { name: 'Add a large model' }).click();
  await expect(page.getByRole('dialog', { name: 'Add a large model' })).toBeVisible();
  await expectNoViolations(page, 'the form for a large model');
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('Keep what was sent');
  await page.getByRole('switch', { name: 'Keep what was sent' }).click();
  await newChat(page);
  await choosePlace(page, 'Large model');
  await send(page, question);
  await expect(preview(page)).toContainText('Cumulus');
  await expectNoViolations(page, 'the preview in words');
  await preview(page).getByRole('tab', { name: 'Exact bytes' }).click();
  await expectNoViolations(page, 'the preview byte for byte');
  await page.setViewportSize({ width: 480, height: 700 });
  await expectNoViolations(page, 'the preview in a narrow window');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
  await page.setViewportSize({ width: 1280, height: 800 });
  await preview(page).getByRole('button', { name: 'Send' }).click();
  const answer = await finishedAnswer(page);
  await expect(sentLine(answer)).toBeVisible();
  await expectNoViolations(page, 'an answer from elsewhere');
  await goTo(page, 'Privacy');
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: new URL(provider.address).host })
      .first(),
  ).toBeVisible();
  await expectNoViolations(page, 'the ledger');
  await page
    .locator('summary')
    .filter({ hasText: new URL(provider.address).host })
    .first()
    .click();
  await page.getByRole('button', { name: 'Show what was sent' }).click();
  await expect(page.getByText('"messages"').first()).toBeVisible();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The chain is whole' })).toBeVisible();
  await expectNoViolations(page, 'an entry of the ledger with what was sent');
  await page.setViewportSize({ width: 480, height: 700 });
  await expectNoViolations(page, 'the privacy page in a narrow window');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
});

// Catches a preview that takes the keyboard and does not give it back, or that sends by the key that was meant for a word.
test('a preview is read, sent and left with the keyboard alone', async ({ app: { page }, provider }) => {
  test.slow();
  await endFirstStart(page);
  await turnOn(page, 'Ask');
  const address = provider.baseUrl('openai-compatible');
  await addRemote(page, { where: 'Another service in the cloud', name: 'Cumulus', address, key: 'test-key' });
  const posts = () => provider.requests.filter(({ method }) => method === 'POST').length;
  await newChat(page);
  await choosePlace(page, 'Large model');
  await page.keyboard.press('Escape');
  await send(page, question);
  await expect(preview(page)).toBeVisible();
  const tabTo = async (target: Locator): Promise<void> => {
    for (let step = 0; step < 30; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  const button = (name: string): Locator => preview(page).getByRole('button', { name, exact: true });
  const parts = preview(page).getByRole('listitem');
  // A part is put otherwise, and left as it is; neither costs the place of the keyboard.
  await tabTo(
    preview(page)
      .getByRole('button', { name: /^Edit: You/ })
      .last(),
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Does Marta Lindqvist like the Harbour Club?');
  await tabTo(button('Use this text'));
  await page.keyboard.press('Enter');
  await expect(parts.last()).toContainText('the Harbour Club?');
  await tabTo(preview(page).getByRole('textbox', { name: 'Replace another word' }));
  await page.keyboard.type('Harbour Club');
  await page.keyboard.press('Enter');
  await expect(parts.last()).not.toContainText('the Harbour Club?');
  await tabTo(
    preview(page)
      .getByRole('button', { name: /^Edit: You/ })
      .last(),
  );
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(preview(page)).toHaveCount(0);
  expect(posts()).toBe(0);
  await choosePlace(page, 'Large model');
  await send(page, question);
  await expect(preview(page)).toBeVisible();
  await tabTo(button('Send'));
  await page.keyboard.press('Enter');
  await finishedAnswer(page);
  expect(posts()).toBe(1);
});
