import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import type { Settings } from '../../../electron/shared/settings.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { SettingsPage } from './settings-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const parts = {
  keeping: <p>the ways to keep</p>,
  erase: <button type="button">erase it</button>,
  remotes: <p>the large models</p>,
  cloudWay: <button type="button">open the way</button>,
  updates: null,
  presets: null,
  shortcuts: null,
  exportAll: null,
  importChats: null,
};

type Around = { readonly door: 'browser' | 'window'; readonly startsAtLogin: boolean | null };

function show(
  settings: Partial<Settings> = {},
  { door, startsAtLogin }: Around = { door: 'window', startsAtLogin: false },
) {
  const update = vi.fn((patch: Partial<Settings>) => settingsSchema.parse({ ...settings, ...patch }));
  const api = createApiDouble({
    'settings.get': () => settingsSchema.parse(settings),
    'settings.update': update,
    'app.describe': () => ({ version: '1', door, operatingSystem: 'linux', dataFolder: '/d', modelFolder: '/m' }),
    'desktop.watch': () =>
      watching({
        shortcut: { accelerator: 'Alt+Space', status: 'registered' },
        frontApp: { reads: 'none', canPaste: false },
        startsAtLogin,
        hasTray: false,
        canNotify: true,
      }),
  });
  renderInWords(
    <ApiProvider api={api}>
      <SettingsPage section={null} parts={parts} />
    </ApiProvider>,
  );
  return update;
}

/** The page is long, and asking jsdom for roles in it takes seconds on a busy machine. */
const patience = { timeout: 4_000 };

const titles = (): readonly (string | null)[] =>
  [...document.querySelectorAll('h3')].map(({ textContent }) => textContent);

describe('SettingsPage', () => {
  it('shows a default for every setting that has one, and offers the way back only from elsewhere', async () => {
    show({ theme: 'dark' });
    await screen.findByText('Theme', { selector: 'h3' }, patience);
    const back = screen.getAllByText(/^\s*Back to the default/, { selector: 'button' });
    expect(back.map(({ textContent }) => textContent)).toEqual([' Back to the default: Theme']);
    expect(screen.getAllByText(/^Default: /).length).toBeGreaterThanOrEqual(9);
  });

  it('goes back to the default of that one setting', async () => {
    const update = show({ theme: 'dark', lockAfterMinutes: 5 });
    const title = await screen.findByText('Lock by itself', { selector: 'h3' }, patience);
    fireEvent.click(within(title.parentElement!).getByText(/Back to the default/, { selector: 'button' }));
    await waitFor(() => expect(update).toHaveBeenCalledExactlyOnceWith({ lockAfterMinutes: null }));
  });

  it('finds a setting by other words for it, and says when there is none', async () => {
    // Catches a search over titles alone: nobody looks for "keeping" by that name.
    show();
    const field = await screen.findByLabelText('Search settings', {}, patience);
    fireEvent.change(field, { target: { value: 'password' } });
    expect(titles()).toEqual(['How chats are kept']);
    expect(screen.getByText('the ways to keep')).toBeTruthy();
    fireEvent.change(field, { target: { value: 'deutsch' } });
    expect(titles()).toEqual(['Language']);
    fireEvent.change(field, { target: { value: 'qwertz' } });
    expect(screen.getByText(/No setting has these words/)).toBeTruthy();
    fireEvent.change(field, { target: { value: '' } });
    expect(titles().length).toBeGreaterThan(15);
  });

  it('lets nothing be turned that does nothing behind this door, and says why', async () => {
    // Catches a switch for the login item in a browser, which a person turns on and waits for.
    show({}, { door: 'browser', startsAtLogin: null });
    const login = await screen.findByLabelText('Start with the computer', {}, patience);
    await waitFor(() => expect(login.getAttribute('aria-disabled') ?? login.hasAttribute('disabled')).toBeTruthy());
    expect(screen.getAllByText(/^Only in the desktop app/).length).toBe(4);
  });

  it('says where the system has decided otherwise', async () => {
    const update = show({ startsAtLogin: true }, { door: 'window', startsAtLogin: false });
    await screen.findByText(/The system has not taken this over/, {}, patience);
    expect(screen.getByText(/This desktop shows no tray/)).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Start with the computer'));
    await waitFor(() => expect(update).toHaveBeenCalledExactlyOnceWith({ startsAtLogin: false }));
  });

  it('changes the language at once', async () => {
    const update = show();
    const group = await screen.findByLabelText('Language', {}, patience);
    fireEvent.click(within(group).getByRole('button', { name: 'Deutsch' }));
    await waitFor(() => expect(update).toHaveBeenCalledExactlyOnceWith({ language: 'de' }));
    await waitFor(() =>
      expect(within(group).getByRole('button', { name: 'Deutsch' }).getAttribute('aria-pressed')).toBe('true'),
    );
  });
});
