import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HubModel, HubRepository } from '../../../../electron/shared/hub.ts';
import { ApiProvider } from '../../../api/api-context.tsx';
import { completeJsdom } from '../../../testing/api-double.tsx';
import { buildFit } from '../../../testing/build-model.ts';
import { buildModelServices } from '../../../testing/build-services.ts';
import { renderInWords } from '../../../testing/render-in-words.tsx';
import { createRouterDouble } from '../../../testing/router-double.tsx';
import { Notifications } from '../../../ui/notifications.tsx';
import { HubSearchPage } from './hub-search-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const found: HubModel = {
  repository: 'ibm-granite/granite-3.3-2b-instruct-GGUF',
  downloads: 120_400,
  likes: 31,
  licence: 'apache-2.0',
  isGated: true,
  updatedAt: Date.UTC(2026, 10, 1),
};
const path = 'granite-3.3-2b-instruct-Q4_K_M.gguf';
const repository: HubRepository = {
  repository: found.repository,
  revision: 'a'.repeat(40),
  licence: 'apache-2.0',
  isGated: true,
  files: [
    {
      path,
      parts: [{ path, sizeBytes: 1_550_000_000, sha256: null }],
      sizeBytes: 1_550_000_000,
      quantisation: 'Q4_K_M',
      fit: null,
      installedId: null,
    },
  ],
};

function show() {
  const search = vi.fn((_query: unknown) => Promise.resolve([found]));
  const fit = vi.fn((_request: unknown) => Promise.resolve(buildFit({ status: 'tight' })));
  const services = buildModelServices({
    catalogue: { search, fit, repository: () => Promise.resolve(repository) },
  });
  renderInWords(
    <ApiProvider api={createRouterDouble(services)}>
      <Notifications>
        <HubSearchPage />
      </Notifications>
    </ApiProvider>,
  );
  return { search, fit };
}

async function searchFor(text: string): Promise<void> {
  fireEvent.change(await screen.findByRole('searchbox'), { target: { value: text } });
  fireEvent.submit(screen.getByRole('search'));
}

describe('HubSearchPage', () => {
  it('sends nothing while a person types, and what was asked for when they say so', async () => {
    // Catches a search as one types, which would send half a thought to another computer.
    const { search } = show();
    fireEvent.change(await screen.findByRole('searchbox'), { target: { value: ' granite ' } });
    fireEvent.change(screen.getByRole('combobox', { name: 'Licence' }), { target: { value: 'mit' } });
    expect(search).not.toHaveBeenCalled();
    fireEvent.submit(screen.getByRole('search'));
    await waitFor(() =>
      expect(search.mock.calls[0]?.[0]).toEqual({ text: 'granite', licence: 'mit', order: 'downloads' }),
    );
    expect((await screen.findByRole('button', { name: /granite-3.3-2b/ })).textContent).toContain('Needs your token');
    fireEvent.change(screen.getByRole('combobox', { name: 'Order' }), { target: { value: 'updated' } });
    await waitFor(() => expect(search.mock.calls[1]?.[0]).toMatchObject({ order: 'updated', licence: 'mit' }));
  });

  it('opens what can be downloaded, says what cannot be checked, and reads the fit when asked', async () => {
    const { fit } = show();
    await searchFor('granite');
    fireEvent.click(await screen.findByRole('button', { name: /granite-3.3-2b/ }));
    await screen.findByText(/gives no checksum/);
    expect(screen.getByRole('heading', { name: found.repository })).toBe(document.activeElement);
    expect(fit).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Will Q4_K_M fit?' }));
    await screen.findByText('Just fits');
    expect(fit.mock.calls[0]?.[0]).toEqual({ repository: found.repository, wanted: { path } });
    fireEvent.click(screen.getByRole('button', { name: 'Back to the results' }));
    expect(await screen.findByRole('list', { name: 'Found models' })).toBeTruthy();
  });
});
