import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KeyStatus } from '../../../electron/shared/key.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { createRouterDouble } from '../../testing/router-double.tsx';
import { HubToken } from './hub-token.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

function show() {
  let status: KeyStatus = { owner: 'hub', state: 'missing' };
  const set = vi.fn((_owner: unknown, _secret: unknown) => {
    status = { owner: 'hub', state: 'kept-in-keychain' };
    return Promise.resolve(status);
  });
  const remove = vi.fn((_owner: unknown) => {
    status = { owner: 'hub', state: 'missing' };
    return Promise.resolve(status);
  });
  const api = createRouterDouble({ keys: { status: () => Promise.resolve([status]), set, remove } });
  renderInWords(
    <ApiProvider api={api}>
      <HubToken />
    </ApiProvider>,
  );
  return { api, set };
}

describe('HubToken', () => {
  it('hands a token over and forgets it: it is neither on the page nor in what the window remembers', async () => {
    const { api, set } = show();
    fireEvent.change(await screen.findByLabelText('Token'), { target: { value: 'hf_secret' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep the token' }));
    expect(await screen.findByText(/in your system’s keychain/)).toBeTruthy();
    expect(set).toHaveBeenCalledExactlyOnceWith('hub', 'hf_secret');
    expect(screen.queryByLabelText('Token')).toBeNull();
    await waitFor(() => {
      const remembered = api.queryClient.getMutationCache().getAll();
      expect(JSON.stringify(remembered.map(({ state }) => state))).not.toContain('hf_secret');
    });
  });

  it('removes it', async () => {
    show();
    fireEvent.change(await screen.findByLabelText('Token'), { target: { value: 'hf_secret' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep the token' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('No token.')).toBeTruthy();
  });
});
