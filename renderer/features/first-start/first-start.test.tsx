import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelIdSchema } from '../../../electron/shared/ids.ts';
import type { ModelDescription, ModelList } from '../../../electron/shared/model.ts';
import { settingsSchema } from '../../../electron/shared/settings.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import { buildCatalogued, buildDownload } from '../../testing/build-model.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { FirstStart } from './first-start.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const small: ModelDescription = {
  id: modelIdSchema.parse('sha256:0123456789abcdef'),
  name: 'Small one',
  kind: 'chat',
  fileName: 'small.gguf',
  sizeBytes: 98_000_000,
  architecture: 'llama',
  quantisation: 'Q4_1',
  contextLength: 8_192,
  parameterCount: null,
  licence: null,
  isBuiltIn: false,
  isLinked: false,
};
const list = (models: readonly ModelDescription[]): ModelList => ({
  models,
  unusable: [],
  byJob: {},
  selectedId: models[0]?.id ?? null,
  folder: '/models',
});

function show(models: ModelList) {
  const update = vi.fn(() => settingsSchema.parse({ isFirstStartDone: true }));
  const api = createApiDouble({ 'models.list': () => models, 'settings.update': update });
  renderInWords(
    <ApiProvider api={api}>
      <FirstStart keeping={<p>the ways to keep</p>} shortcut={<p>the keys</p>} />
    </ApiProvider>,
  );
  return update;
}

describe('FirstStart', () => {
  it('names the model that answers, its size and why it is this one', async () => {
    show(list([small]));
    expect(await screen.findByText('Small one')).toBeTruthy();
    expect(screen.getByText(/98 MB/)).toBeTruthy();
    expect(screen.getByText(/fits the memory of this computer/)).toBeTruthy();
  });

  it('says how a model gets here when there is none', async () => {
    show(list([]));
    expect(await screen.findByText(/Get one as a GGUF file/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Import a model' })).toBeTruthy();
  });

  it('offers the one that suits this computer, with reason, size and speed, and fetches it with one click', async () => {
    const start = vi.fn(() => buildDownload());
    const api = createApiDouble({
      'models.list': () => list([]),
      'catalogue.list': () => [buildCatalogued()],
      'downloads.watch': () => watching([]),
      'downloads.start': start,
    });
    renderInWords(
      <ApiProvider api={api}>
        <FirstStart keeping={<p>the ways to keep</p>} shortcut={<p>the keys</p>} />
      </ApiProvider>,
    );
    expect(await screen.findByText('Qwen3 4B Instruct')).toBeTruthy();
    expect(screen.getByText(/The best one that runs well here/)).toBeTruthy();
    expect(screen.getByText(/about 9 tokens a second/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Download (2.5 GB)' }));
    await waitFor(() =>
      expect(start).toHaveBeenCalledExactlyOnceWith({
        repository: 'Qwen/Qwen3-4B-GGUF',
        wanted: { quantisation: 'Q4_K_M' },
      }),
    );
  });

  it('lets every step be skipped and shown again, and ends only when it is told to', async () => {
    const update = show(list([small]));
    fireEvent.click(await screen.findByRole('button', { name: 'Skip: How to keep your chats' }));
    expect(screen.queryByText('the ways to keep')).toBeNull();
    expect(update).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Show: How to keep your chats' }));
    expect(screen.getByText('the ways to keep')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(update).toHaveBeenCalledExactlyOnceWith({ isFirstStartDone: true }));
  });
});
