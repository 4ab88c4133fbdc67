import { expect } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import { finishedAnswer, goTo, send } from '../app/window.ts';

test('sends nothing anywhere, whatever an answer holds', async ({ app: { page } }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (!['127.0.0.1', 'sotto'].includes(hostname) && !/^(blob|data):$/.test(protocol) && !hostname.endsWith('.test')) {
      foreign.push(request.url());
    }
  });
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await send(page, 'Repeat exactly: ![photo](https://tracker.example/p.png) and [a link](https://evil.example/x)');
  await finishedAnswer(page);
  await goTo(page, 'Privacy');
  await expect(page.getByText('Nothing has left this computer')).toBeVisible();
  expect(foreign).toEqual([]);
  expect(refused).toEqual([]);
  expect(await page.locator('img[src^="http"]').count()).toBe(0);
});

test('the page can neither run text as code nor reach another host', async ({ app: { page } }) => {
  const outcome = await page.evaluate(async () => {
    const reach = await fetch('https://example.com/').then(
      () => 'reached',
      (error: unknown) => (error instanceof Error ? error.name : 'refused'),
    );
    const sink = await new Promise<string>((resolve) => {
      // A turn later: what the test itself evaluates is exempt from the policy.
      setTimeout(() => {
        try {
          document.createElement('div').innerHTML = '<b>x</b>';
          resolve('taken');
        } catch (error) {
          resolve(error instanceof Error ? error.name : 'refused');
        }
      });
    });
    return { reach, sink, hasNode: 'process' in globalThis || 'require' in globalThis };
  });
  expect(outcome).toEqual({ reach: 'TypeError', sink: 'TypeError', hasNode: false });
});

test('says where it runs, what is kept and that the lock is on', async ({ app: { page } }) => {
  const status = page.getByRole('contentinfo');
  await expect(status).toContainText('On this computer');
  await expect(status).toContainText('Nothing is kept');
  await expect(status).toContainText('offline');
  await status.getByText('offline').click();
  await expect(page.getByRole('heading', { name: 'Privacy', level: 1 })).toBeVisible();
  await page.getByRole('switch', { name: 'Offline lock' }).click();
  await expect(page.getByText('The lock is off', { exact: true })).toBeVisible();
  await expect(status).toContainText('online');
});
