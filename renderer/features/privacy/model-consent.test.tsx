import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiProvider } from '../../api/api-context.tsx';
import { useConsent } from '../../lib/consent.ts';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { changingSettings, createRouterDouble } from '../../testing/router-double.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { ModelConsent } from './model-consent.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

function Asker({ run }: { readonly run: () => void }) {
  const consent = useConsent();
  return (
    <button type="button" onClick={() => consent(run)}>
      ask
    </button>
  );
}

async function show(first: Parameters<typeof changingSettings>[0]) {
  const settings = changingSettings(first);
  const run = vi.fn();
  const api = createRouterDouble({ settings });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <ModelConsent>
          <Asker run={run} />
        </ModelConsent>
      </Notifications>
    </ApiProvider>,
  );
  await waitFor(() => expect(api.queryClient.isFetching()).toBe(0));
  return { settings, run };
}

describe('ModelConsent', () => {
  it('asks once, names the host, and opens the lock for models only', async () => {
    const { settings, run } = await show({ hubAddress: 'https://mirror.example.org' });
    fireEvent.click(screen.getByRole('button', { name: 'ask' }));
    expect(await screen.findByRole('alertdialog', { name: 'Ask mirror.example.org for models?' })).toBeTruthy();
    expect(run).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Allow model downloads' }));
    await waitFor(() => expect(run).toHaveBeenCalledOnce());
    expect(await settings.get()).toMatchObject({
      isOffline: false,
      allowedPurposes: ['model-search', 'model-download'],
    });
    fireEvent.click(screen.getByRole('button', { name: 'ask', hidden: true }));
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('does nothing when it is cancelled', async () => {
    const { settings, run } = await show({});
    fireEvent.click(screen.getByRole('button', { name: 'ask' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(run).not.toHaveBeenCalled();
    expect(await settings.get()).toMatchObject({ isOffline: true, allowedPurposes: [] });
  });

  it('asks again for models where the lock was opened for something else', async () => {
    // Catches a lock that counts as open for everything.
    const { run } = await show({ isOffline: false, allowedPurposes: ['provider'] });
    fireEvent.click(screen.getByRole('button', { name: 'ask' }));
    expect(await screen.findByRole('alertdialog')).toBeTruthy();
    expect(run).not.toHaveBeenCalled();
  });
});
