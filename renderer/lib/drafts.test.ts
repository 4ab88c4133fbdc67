import { describe, expect, it, vi } from 'vitest';
import { emptyDraft } from '../../electron/shared/draft.ts';
import type { Draft } from '../../electron/shared/draft.ts';
import { createId, presetIdSchema } from '../../electron/shared/ids.ts';
import { DraftStore } from './drafts.ts';
import { eventually } from '../../electron/testing/eventually.ts';

const draft = (text: string, queue: readonly string[] = []): Draft => ({
  ...emptyDraft,
  text,
  queue: queue.map((waiting) => ({ text: waiting, choice: null })),
});
const key = 'new-chat';

/** A keeper that answers when the test lets it. */
function createKeeper(stored: Draft | null) {
  const loading = Promise.withResolvers<Draft | null>();
  const kept: Draft[] = [];
  return {
    kept,
    answer: () => loading.resolve(stored),
    source: {
      get: () => loading.promise,
      put: (_: string, saved: Draft) => {
        kept.push(saved);
        return Promise.resolve();
      },
    },
  };
}

describe('DraftStore', () => {
  it('keeps what was typed while the stored draft was on its way, and the stored one too', async () => {
    // Catches the slow answer that overwrites a sentence.
    const keeper = createKeeper(draft('Stored.', ['waiting']));
    const drafts = new DraftStore(keeper.source);
    drafts.subscribe(key, () => undefined);
    drafts.change(key, { text: 'Typed.' });
    keeper.answer();
    await eventually(() => expect(drafts.isKnown(key)).toBe(true));
    expect(drafts.view(key)).toEqual(draft('Stored.\nTyped.', ['waiting']));
    drafts.close();
  });

  it('keeps a chosen preset through a slow answer, and one that was stored where none was chosen', async () => {
    const preset = { id: createId(presetIdSchema), values: { language: 'French' } };
    for (const [stored, change, shown] of [
      [preset, {}, preset],
      [preset, { preset: null }, null],
      [null, { preset }, preset],
    ] as const) {
      const keeper = createKeeper({ ...draft(''), preset: stored });
      const drafts = new DraftStore(keeper.source);
      drafts.subscribe(key, () => undefined);
      drafts.change(key, change);
      keeper.answer();
      await eventually(() => expect(drafts.isKnown(key)).toBe(true));
      expect(drafts.view(key).preset).toEqual(shown);
      drafts.close();
    }
  });

  it('writes nothing before it has read what is stored', async () => {
    // Catches the empty draft that is written over yesterday's.
    const keeper = createKeeper(draft('Stored.'));
    const drafts = new DraftStore(keeper.source);
    drafts.subscribe(key, () => undefined);
    drafts.change(key, { text: 'a' });
    const flushed = drafts.flush();
    expect(keeper.kept).toEqual([]);
    keeper.answer();
    // Catches the lock right after a page was opened, which took what was typed meanwhile for kept.
    await flushed;
    expect(keeper.kept.at(-1)).toEqual(draft('Stored.\na'));
    drafts.close();
  });

  it('keeps who writes without a pause, and the last word when the window goes', async () => {
    // Catches a delay that begins anew with every key.
    vi.useFakeTimers();
    const keeper = createKeeper(draft(''));
    const drafts = new DraftStore(keeper.source);
    drafts.subscribe(key, () => undefined);
    keeper.answer();
    await vi.advanceTimersByTimeAsync(0);
    for (let count = 1; count <= 8; count += 1) {
      drafts.change(key, { text: 'x'.repeat(count) });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(keeper.kept.length).toBeGreaterThanOrEqual(2);
    drafts.change(key, { text: 'last' });
    // A page that goes has no time to wait.
    void drafts.flush();
    expect(keeper.kept.at(-1)).toEqual(draft('last'));
    drafts.close();
    vi.useRealTimers();
  });

  it('keeps a draft after a write that failed', async () => {
    vi.useFakeTimers();
    const put = vi.fn().mockRejectedValueOnce(new Error('The line is down.')).mockResolvedValue(undefined);
    const drafts = new DraftStore({ get: () => Promise.resolve(draft('')), put });
    drafts.subscribe(key, () => undefined);
    await vi.advanceTimersByTimeAsync(0);
    drafts.change(key, { text: 'kept' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(put).toHaveBeenCalledTimes(2);
    expect(put).toHaveBeenLastCalledWith(key, draft('kept'));
    drafts.close();
    vi.useRealTimers();
  });

  it('keeps nothing of a conversation that is gone', async () => {
    const keeper = createKeeper(null);
    const drafts = new DraftStore(keeper.source);
    drafts.subscribe(key, () => undefined);
    keeper.answer();
    await eventually(() => expect(drafts.isKnown(key)).toBe(true));
    drafts.change(key, { text: 'lost' });
    drafts.close();
    expect(keeper.kept).toEqual([]);
  });
});
