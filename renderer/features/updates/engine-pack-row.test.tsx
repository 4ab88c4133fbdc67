import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EnginePackState } from '../../../electron/shared/engine-pack.ts';
import type { Settings } from '../../../electron/shared/settings.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { changingSettings, createRouterDouble } from '../../testing/router-double.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { EnginePackRow } from './engine-pack-row.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const offered: EnginePackState = {
  phase: 'offered',
  sizeBytes: 320_000_000,
  unpackedBytes: 560_000_000,
  doneBytes: 0,
  host: 'updates.example.org',
  error: null,
};
const agreed: Partial<Settings> = { isOffline: false, allowedPurposes: ['update-check'] };

async function show(state: EnginePackState, first: Partial<Settings> = {}) {
  const settings = changingSettings(first);
  const calls = {
    install: vi.fn(async () => state),
    remove: vi.fn(async () => state),
    stop: vi.fn(() => undefined),
  };
  const api = createRouterDouble(
    {
      settings,
      enginePacks: {
        ...calls,
        async *watch(signal) {
          yield state;
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        },
      },
    },
    'window',
  );
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <EnginePackRow />
      </Notifications>
    </ApiProvider>,
  );
  const queries = api.queryClient.getQueryCache();
  await waitFor(() => expect(queries.getAll().some(({ state: { data } }) => data === state)).toBe(true));
  return { settings, ...calls };
}

describe('EnginePackRow', () => {
  // Catches a download that begins before the person knows who is asked, or that is refused by the lock.
  it('says who is asked before the first time, and then fetches', async () => {
    const { settings, install } = await show(offered);
    expect(await screen.findByText(/320 MB to download, 560 MB on the disk/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(
      await screen.findByRole('alertdialog', { name: 'Fetch the library from updates.example.org?' }),
    ).toBeTruthy();
    expect(install).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
    await waitFor(() => expect(install).toHaveBeenCalledOnce());
    expect(await settings.get()).toMatchObject({
      isOffline: false,
      checksForUpdates: false,
      allowedPurposes: ['update-check'],
    });
  });

  it('shows how far it is and what went wrong, and stops', async () => {
    const error = { code: 'disk/full', message: '', details: {} } as const;
    const { stop } = await show({ ...offered, phase: 'downloading', doneBytes: 80_000_000, error }, agreed);
    expect(await screen.findByText('80 MB of 320 MB')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).not.toBe('');
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(stop).toHaveBeenCalledOnce());
  });

  it('asks before it removes what took long to fetch', async () => {
    const { remove } = await show({ ...offered, phase: 'installed' }, agreed);
    fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    const dialog = await screen.findByRole('alertdialog', { name: "Remove NVIDIA's library?" });
    expect(remove).not.toHaveBeenCalled();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(remove).toHaveBeenCalledOnce());
  });

  it('is not there where the computer has no use for it', async () => {
    await show({ ...offered, phase: 'unavailable' });
    expect(screen.queryByRole('region', { name: /NVIDIA/ })).toBeNull();
  });
});
