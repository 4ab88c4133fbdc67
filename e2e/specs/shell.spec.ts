// The shell around the window; the host's page is an ordinary tab of a browser, which the user may steer as any other.
import { expect } from '@playwright/test';
import { test } from '../app/sotto-test.ts';
import { finishedAnswer, send } from '../app/window.ts';

test('goes nowhere else and opens no window', async ({ app: { page } }) => {
  const address = page.url();
  const opened = await page.evaluate(() => window.open('https://example.com/') === null);
  expect(opened).toBe(true);
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await page.evaluate(() => {
    location.assign('https://example.com/');
  });
  // What would have been a navigation has been refused by the time that the next answer is there.
  await send(page, 'What is the capital of France?');
  await finishedAnswer(page);
  expect(page.url().startsWith(new URL(address).origin)).toBe(true);
  // Quick-ask waits in a window of its own.
  const others = page
    .context()
    .pages()
    .filter((other) => !other.url().includes('quick-ask'));
  expect(others).toHaveLength(1);
});

test('gives the page no permission but to copy', async ({ app: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write'];
    const asked = names.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName }); // names that TypeScript does not list
      return [name, state] as const;
    });
    return Object.fromEntries(await Promise.all(asked));
  });
  expect(states).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
    'clipboard-write': 'granted',
  });
});

test('shows the page three functions and nothing of Node or Electron', async ({ app: { page } }) => {
  const seen = await page.evaluate(() => ({
    bridge: Object.keys(Reflect.get(window, 'sotto') as object).sort(), // the preload script's, which has no type here
    globals: ['process', 'require', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
  }));
  expect(seen).toEqual({ bridge: ['connect', 'folderTicketFor', 'ticketFor'], globals: [] });
});
