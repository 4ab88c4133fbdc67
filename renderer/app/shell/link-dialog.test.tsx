import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { changingSettings, createRouterDouble } from '../../testing/router-double.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { LinkDialog } from './link-dialog.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const show = (address: string): void => {
  renderInWords(
    <ApiProvider api={createRouterDouble({ settings: changingSettings({}) })}>
      <Notifications>
        <LinkDialog address={address} onClose={() => undefined} />
      </Notifications>
    </ApiProvider>,
  );
};

describe('LinkDialog', () => {
  it('offers to open what is encrypted, by the host that it leads to', async () => {
    show('https://user@example.org/page');
    expect(await screen.findByRole('button', { name: 'Open in browser' })).toBeTruthy();
    expect(screen.getByText('example.org')).toBeTruthy();
  });

  // The app refuses to open it; a button that only ever ends in an error helps nobody.
  it('offers to copy what is not encrypted, and says why', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', Object.assign(navigator, { clipboard: { writeText } }));
    show('http://example.org/page');
    expect(await screen.findByText(/not encrypted/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Open in browser' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Copy the address' }));
    await waitFor(() => expect(writeText).toHaveBeenCalledWith('http://example.org/page'));
  });
});
