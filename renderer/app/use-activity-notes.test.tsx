import { cleanup, fireEvent, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProvider } from '../api/api-context.tsx';
import { createApiDouble } from '../testing/api-double.tsx';
import { renderInWords } from '../testing/render-in-words.tsx';
import { useActivityNotes } from './use-activity-notes.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Page() {
  useActivityNotes();
  return <input aria-label="field" onKeyDown={(event) => event.stopPropagation()} />;
}

describe('useActivityNotes', () => {
  it('tells of keys and clicks wherever they land, at most twice a minute', async () => {
    const note = vi.fn();
    const now = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    const { getByLabelText } = renderInWords(
      <ApiProvider api={createApiDouble({ 'access.noteActivity': note })}>
        <Page />
      </ApiProvider>,
    );
    const field = getByLabelText('field');
    // A field that keeps its keys to itself is where people type most.
    for (let key = 0; key < 20; key += 1) fireEvent.keyDown(field, { key: 'a' });
    await waitFor(() => expect(note).toHaveBeenCalledOnce());
    now.mockReturnValue(32_000);
    fireEvent.pointerDown(field);
    await waitFor(() => expect(note).toHaveBeenCalledTimes(2));
  });
});
