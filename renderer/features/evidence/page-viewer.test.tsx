import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cleanReport } from '../../../electron/shared/document.ts';
import type { DocumentDescription, PageView } from '../../../electron/shared/document.ts';
import { createId, documentHashSchema, documentIdSchema } from '../../../electron/shared/ids.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { PageViewer } from './page-viewer.tsx';

const document: DocumentDescription = {
  id: createId(documentIdSchema),
  hash: documentHashSchema.parse('5f'.repeat(32)),
  name: 'lease.pdf',
  title: null,
  format: 'pdf',
  sizeBytes: 1_000,
  characters: 300,
  words: 60,
  lines: 3,
  pages: 3,
  passages: 3,
  passagesIndexed: 3,
  status: 'ready',
  error: null,
  report: cleanReport,
  isLoose: true,
  addedAt: 0,
};

const view = (page: number, picture: PageView['picture']): PageView => ({
  documentId: document.id,
  documentName: document.name,
  format: 'pdf',
  page: {
    page,
    start: (page - 1) * 100,
    end: page * 100,
    label: null,
    reading: 'text',
    size: { width: 600, height: 800 },
  },
  pageCount: 3,
  text: 'Notice is three months.',
  highlights: page === 2 ? [{ x: 60, y: 80, width: 300, height: 20 }] : [],
  picture,
});

function show(picture: PageView['picture']) {
  const pageView = vi.fn<(input: { readonly page: number }) => PageView>(({ page }) => view(page, picture));
  const api = createApiDouble({
    'documents.pageView': pageView,
    'documents.pageImage': () => new Blob(['png'], { type: 'image/png' }),
  });
  const place = { documentHash: document.hash, start: 110, end: 115, page: 2 };
  const shown = renderInWords(
    <ApiProvider api={api}>
      <PageViewer document={document} place={place} pageCount={3} />
    </ApiProvider>,
  );
  return { ...shown, pageView };
}

afterEach(cleanup);

beforeAll(() => {
  completeJsdom();
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 400 });
});

describe('the page viewer', () => {
  it('shows the picture of the cited page with its boxes, and gives the address back when it goes', async () => {
    // Catches: boxes in points where percent is meant, and pictures that stay in memory.
    const revoke = vi.fn<(url: string) => void>();
    Object.assign(URL, { createObjectURL: () => 'blob:page', revokeObjectURL: revoke });
    const { container, unmount } = show('available');
    expect((await screen.findByRole('img', { name: 'Picture of page 2' })).getAttribute('src')).toBe('blob:page');
    const box = container.querySelector<HTMLElement>('[data-highlight]');
    expect([box?.style.left, box?.style.top, box?.style.width]).toEqual(['10%', '10%', '50%']);
    unmount();
    expect(revoke).toHaveBeenCalledWith('blob:page');
  });

  it('shows the text, the place marked, and says why where the original was changed', async () => {
    const { container } = show('original-changed');
    expect(await screen.findByText(/was changed since it was read/)).toBeTruthy();
    expect(container.querySelector('mark')?.textContent).toBe('three');
  });

  it('goes to the page that is typed and never beyond the last one', async () => {
    const { pageView } = show('original-missing');
    const field = await screen.findByRole('textbox', { name: 'Go to page' });
    fireEvent.change(field, { target: { value: '99' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(pageView).toHaveBeenLastCalledWith(expect.objectContaining({ page: 3 })));
  });
});
