import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { useTranslation } from 'react-i18next';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AccessState } from '../../electron/shared/access.ts';
import { settingsSchema } from '../../electron/shared/settings.ts';
import { ApiProvider } from '../api/api-context.tsx';
import { createApiDouble } from '../testing/api-double.tsx';
import { changing } from '../testing/changing.ts';
import { Appearance } from './appearance.tsx';

afterEach(cleanup);

const open: AccessState = {
  state: 'open',
  keeping: 'passphrase',
  isChosen: true,
  isBesideKept: false,
  isReadOnly: false,
  lostCommits: 0,
};
const locked: AccessState = { state: 'locked', keeping: 'passphrase', reason: 'passphrase' };

function Words() {
  return <p>{useTranslation('access').t('unlock')}</p>;
}

describe('Appearance', () => {
  it('speaks and looks as it was last told, before anything is unlocked', async () => {
    // Catches the locked page in the language of the system.
    const api = createApiDouble({
      'access.watch': changing<AccessState>(locked).stream,
      'app.look': () => ({ language: 'de', theme: 'dark' }),
    });
    render(
      <ApiProvider api={api}>
        <Appearance>
          <Words />
        </Appearance>
      </ApiProvider>,
    );
    expect(await screen.findByText('Entsperren')).toBeTruthy();
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });

  it('asks for no settings while the app is locked, has them as soon as it opens, and keeps them when it locks', async () => {
    // Catches the question that is asked again after ever longer pauses: the right language came half a minute late.
    const access = changing<AccessState>(locked);
    const get = vi.fn(() => settingsSchema.parse({ language: 'de', theme: 'dark' }));
    const api = createApiDouble({ 'access.watch': access.stream, 'settings.get': get });
    render(
      <ApiProvider api={api}>
        <Appearance>
          <Words />
        </Appearance>
      </ApiProvider>,
    );
    expect(await screen.findByText('Unlock')).toBeTruthy();
    expect(get).not.toHaveBeenCalled();
    access.set(open);
    expect(await screen.findByText('Entsperren')).toBeTruthy();
    access.set(locked);
    await waitFor(() =>
      expect(api.queryClient.getQueryData(api.query.access.watch.experimental_liveKey())).toEqual(locked),
    );
    api.forget();
    expect(await screen.findByText('Entsperren')).toBeTruthy();
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });
});
