import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../../electron/shared/settings.ts';
import type { UpdateState } from '../../../electron/shared/update.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { changingSettings, createRouterDouble } from '../../testing/router-double.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { UpdateSettings } from './update-settings.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const nobodyAsked: UpdateState = {
  phase: 'idle',
  offer: null,
  doneBytes: 0,
  checkedAt: null,
  isHeldBack: false,
  host: 'updates.example.org',
  error: null,
};
const offer = { version: '0.2.0', notes: 'Faster.', sizeBytes: 200_000_000, way: 'restart' } as const;
const agreed: Partial<Settings> = { isOffline: false, allowedPurposes: ['update-check'] };

async function show(state: UpdateState, first: Partial<Settings> = {}) {
  const settings = changingSettings(first);
  const calls = {
    check: vi.fn(async () => state),
    download: vi.fn(async () => state),
    install: vi.fn(async () => state),
    stop: vi.fn(() => undefined),
  };
  const api = createRouterDouble(
    {
      settings,
      updates: {
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
        <UpdateSettings />
      </Notifications>
    </ApiProvider>,
  );
  await waitFor(() =>
    expect(
      api.queryClient
        .getQueryCache()
        .getAll()
        .some(({ state: { data } }) => data === state),
    ).toBe(true),
  );
  return { settings, ...calls };
}

describe('UpdateSettings', () => {
  it('says whom it would ask before the first time, and opens the lock for that alone', async () => {
    const { settings, check } = await show(nobodyAsked, { allowedPurposes: ['model-search'] });
    fireEvent.click(await screen.findByRole('switch', { name: 'Ask for newer versions once a day' }));
    expect(
      await screen.findByRole('alertdialog', { name: 'Ask updates.example.org for newer versions?' }),
    ).toBeTruthy();
    expect(check).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
    await waitFor(() => expect(check).toHaveBeenCalledOnce());
    expect(await settings.get()).toMatchObject({
      isOffline: false,
      checksForUpdates: true,
      allowedPurposes: ['model-search', 'update-check'],
    });
  });

  it('changes nothing when it is cancelled', async () => {
    const { settings, check } = await show(nobodyAsked);
    fireEvent.click(await screen.findByRole('button', { name: 'Look now' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(check).not.toHaveBeenCalled();
    expect(await settings.get()).toMatchObject({ isOffline: true, checksForUpdates: false, allowedPurposes: [] });
  });

  it('looks once, without agreeing to every day', async () => {
    const { settings, check } = await show(nobodyAsked, agreed);
    fireEvent.click(await screen.findByRole('button', { name: 'Look now' }));
    await waitFor(() => expect(check).toHaveBeenCalledOnce());
    expect(await settings.get()).toMatchObject({ checksForUpdates: false });
  });

  it('fetches only after a click', async () => {
    const { download } = await show({ ...nobodyAsked, offer, checkedAt: 1 }, agreed);
    expect(await screen.findByText('Version 0.2.0 is there (200 MB).')).toBeTruthy();
    expect(download).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    await waitFor(() => expect(download).toHaveBeenCalledOnce());
  });

  it('ends the app only after a click, and never where a person opens the file', async () => {
    const { install } = await show({ ...nobodyAsked, phase: 'ready', offer }, agreed);
    const button = await screen.findByRole('button', { name: 'Restart now' });
    expect(install).not.toHaveBeenCalled();
    fireEvent.click(button);
    await waitFor(() => expect(install).toHaveBeenCalledOnce());
    cleanup();
    await show({ ...nobodyAsked, phase: 'ready', offer: { ...offer, way: 'by-hand' } }, agreed);
    expect(await screen.findByRole('button', { name: 'Show the file' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Restart now' })).toBeNull();
  });

  it('says what went wrong, and how far a download is', async () => {
    const error = { code: 'update/wrong-signature', message: '', details: {} } as const;
    const { stop } = await show({ ...nobodyAsked, phase: 'downloading', offer, doneBytes: 50_000_000, error }, agreed);
    expect((await screen.findByRole('alert')).textContent).toContain('thrown away');
    expect(screen.getByText('50 MB of 200 MB')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(stop).toHaveBeenCalledOnce());
  });

  it('says that a copy without a place to ask asks nobody', async () => {
    await show({ ...nobodyAsked, phase: 'unavailable', host: null });
    expect(await screen.findByText(/does not look for newer versions/)).toBeTruthy();
    expect(screen.queryByRole('switch')).toBeNull();
  });
});
