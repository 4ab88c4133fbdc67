import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { conversationIdSchema, createId, ledgerEntryIdSchema } from '../../../electron/shared/ids.ts';
import type { LedgerEntry } from '../../../electron/shared/ledger-entry.ts';
import type { LedgerCheck, LedgerMonth, LedgerQuery } from '../../../electron/shared/ledger-query.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { changingSettings, createRouterDouble } from '../../testing/router-double.tsx';
import { PrivacyPage } from './privacy-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const buildEntry = (parts: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: createId(ledgerEntryIdSchema),
  at: Date.UTC(2026, 10, 20, 12),
  host: 'api.example.org',
  purpose: 'provider',
  askedBy: 'cloud',
  outcome: 'completed',
  bytesSent: 1_234,
  bytesReceived: 5_678,
  bodyHash: 'ab'.repeat(32),
  inputTokens: 400,
  outputTokens: 50,
  costMicroDollars: 1_500,
  conversationId: null,
  chainHash: 'cd'.repeat(32),
  ...parts,
});

const quietMonth: LedgerMonth = {
  month: '2026-11',
  requests: 0,
  refused: 0,
  bytesSent: 0,
  bytesReceived: 0,
  hosts: [],
};

type Around = {
  readonly entries?: readonly LedgerEntry[];
  readonly month?: LedgerMonth;
  readonly check?: LedgerCheck;
  readonly body?: string | null;
  readonly entryId?: LedgerEntry['id'];
};

function show({ entries = [], month = quietMonth, check, body = null, entryId }: Around = {}) {
  const asked: LedgerQuery[] = [];
  const sentBody = vi.fn(() => Promise.resolve(body));
  const setOffline = vi.fn<(isOffline: boolean) => Promise<void>>(() => Promise.resolve());
  const settings = changingSettings({ allowedPurposes: ['model-search'] });
  const api = createRouterDouble({
    settings,
    status: { watch: async function* () {} },
    keys: { status: () => Promise.resolve([{ owner: 'hub', state: 'kept-in-keychain' }]) },
    remotes: { list: () => Promise.resolve([]) },
    usage: {
      month: () =>
        Promise.resolve({
          month: '2026-11',
          requests: 1,
          inputTokens: 400,
          outputTokens: 50,
          costMicroDollars: 1_250_000,
          budgetMicroDollars: 5_000_000,
          localTokens: 120_000,
          savedMicroDollars: 480_000,
        }),
    },
    privacy: {
      month: () => Promise.resolve(month),
      verify: () => Promise.resolve(check ?? { status: 'whole', entries: 312, unchained: 2 }),
      sentBody,
      setOffline,
      ledger: (query) => {
        asked.push(query);
        const wanted = entries.filter(({ id }) => query.id === null || id === query.id);
        const from = query.before === null ? 0 : wanted.findIndex(({ id }) => id === query.before) + 1;
        return Promise.resolve({ entries: wanted.slice(from, from + query.limit), total: wanted.length });
      },
    },
  });
  renderInWords(
    <ApiProvider api={api}>
      <PrivacyPage entryId={entryId ?? null} />
    </ApiProvider>,
  );
  return { asked, sentBody, settings, setOffline };
}

describe('PrivacyPage', () => {
  it('says "Nothing" in large type when nothing left, and counts what was refused apart', async () => {
    show({ month: { ...quietMonth, refused: 2 } });
    expect(await screen.findByText('Nothing')).toBeTruthy();
    expect(screen.getByText('2 requests were refused before anything of them left.')).toBeTruthy();
  });

  it('says how much went where, for what, at which cost', async () => {
    // Catches a sum over the first page of the ledger instead of the month.
    const host = { host: 'api.example.org', purpose: 'provider', requests: 3, bytesSent: 9_000 } as const;
    show({
      month: {
        ...quietMonth,
        requests: 3,
        bytesSent: 9_000,
        hosts: [{ ...host, bytesReceived: 700, inputTokens: 900, outputTokens: 100, costMicroDollars: 20_000 }],
      },
    });
    const row = await screen.findByRole('row', { name: /api\.example\.org/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['Large model', '3', '9 kB', '700 byte', '1,000', '$0.02']);
    expect(await screen.findByText('$1.25 of $5.00 spent this month')).toBeTruthy();
    expect(screen.getByText(/would have cost about \$0\.48\. That is an estimate/)).toBeTruthy();
    expect(await screen.findByText('The key is in your system’s keychain.')).toBeTruthy();
  });

  // Catches a switch that takes another with it: each purpose is a promise of its own.
  it('opens the lock, and each purpose alone, by switches that say how they stand', async () => {
    const { settings, setOffline } = show();
    const large = await screen.findByRole('switch', { name: 'Ask large models' });
    expect(large.getAttribute('aria-checked')).toBe('false');
    fireEvent.click(large);
    await waitFor(() => expect(large.getAttribute('aria-checked')).toBe('true'));
    expect((await settings.get()).allowedPurposes).toEqual(['model-search', 'provider']);
    fireEvent.click(screen.getByRole('switch', { name: 'Look for models' }));
    await waitFor(async () => expect((await settings.get()).allowedPurposes).toEqual(['provider']));
    const lock = screen.getByRole('switch', { name: 'Offline lock' });
    expect(lock.getAttribute('aria-checked')).toBe('true');
    fireEvent.click(lock);
    await waitFor(() => expect(setOffline.mock.calls).toEqual([[false]]));
  });

  it('narrows the ledger by words, purpose, outcome and month', async () => {
    const { asked } = show({ entries: [buildEntry()] });
    fireEvent.change(await screen.findByLabelText('Search by computer or by who asked'), {
      target: { value: ' api ' },
    });
    fireEvent.change(screen.getByLabelText('What for'), { target: { value: 'provider' } });
    fireEvent.change(screen.getByLabelText('How it ended'), { target: { value: 'failed' } });
    fireEvent.change(screen.getByLabelText('Month'), { target: { value: '1' } });
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ text: 'api', purpose: 'provider', outcome: 'failed' }));
    const { from, until } = asked.at(-1)!;
    expect(new Date(from!).getDate()).toBe(1);
    expect(new Date(until!).getMonth()).toBe(new Date().getMonth());
  });

  it('shows older entries a page at a time, each once', async () => {
    // Catches a list that ends at the first page without a word.
    const entries = Array.from({ length: 120 }, (_, index) => buildEntry({ host: `h${index}.example` }));
    show({ entries });
    expect(await screen.findByText('120 entries')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show older entries' }));
    await screen.findByText('h99.example');
    fireEvent.click(screen.getByRole('button', { name: 'Show older entries' }));
    await screen.findByText('h119.example');
    expect(screen.getAllByText(/^h\d+\.example$/)).toHaveLength(120);
    expect(screen.queryByRole('button', { name: 'Show older entries' })).toBeNull();
  });

  it('opens the one entry of a link with all that is known of it, and what was sent when asked', async () => {
    const conversationId = createId(conversationIdSchema);
    const entry = buildEntry({ conversationId });
    const { sentBody } = show({ entries: [buildEntry(), entry], entryId: entry.id, body: '{"model":"large-1"}' });
    expect(await screen.findByText('1.2 kB (1,234 bytes)')).toBeTruthy();
    expect(screen.getByText('400 in, 50 out')).toBeTruthy();
    expect(screen.getByText('$0.0015')).toBeTruthy();
    expect(screen.getByText(entry.bodyHash!)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Open the chat' }).getAttribute('href')).toBe(`#/chats/${conversationId}`);
    expect(sentBody).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Show what was sent' }));
    expect(await screen.findByText('{"model":"large-1"}')).toBeTruthy();
  });

  it.each([
    [{ status: 'whole', entries: 312, unchained: 0 }, /^The chain is whole: 312 entries\.$/],
    [
      { status: 'broken', entryId: 'x', at: Date.UTC(2026, 10, 3, 12), entries: 41 },
      /broken since November 3, 2026.*41 entries/,
    ],
    [{ status: 'broken', entryId: '', at: 0, entries: 0 }, /entries that the ledger once had are missing/],
  ] as const)('verifies the chain: %o', async (check, words) => {
    show({ check });
    fireEvent.click(await screen.findByRole('button', { name: 'Verify the chain' }));
    expect(await screen.findByText(words)).toBeTruthy();
  });
});
