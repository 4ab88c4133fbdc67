import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../electron/shared/app-error.ts';
import type { Download } from '../../../electron/shared/download.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { buildCatalogued, buildDownload, buildEntry, buildFit, buildOffer, qwen } from '../../testing/build-model.ts';
import { buildModelServices, modelList, small } from '../../testing/build-services.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { createRouterDouble } from '../../testing/router-double.tsx';
import type { ServiceParts } from '../../testing/router-double.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { ModelsPage } from './models-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

function show(
  services: ServiceParts = {},
  downloads: readonly Download[] = [],
  door: 'browser' | 'window' = 'browser',
) {
  renderInWords(
    <ApiProvider api={createRouterDouble(buildModelServices(services, downloads), door)}>
      <Notifications>
        <ModelsPage />
      </Notifications>
    </ApiProvider>,
  );
}

describe('ModelsPage', () => {
  it('says of each model what it does, how large it is and how fast here', async () => {
    show();
    const here = await screen.findByRole('list', { name: 'On this computer' });
    const [first] = within(here).getAllByRole('listitem');
    expect(first?.textContent).toContain('Chats');
    expect(first?.textContent).toContain('98 MB');
    await waitFor(() => expect(first?.textContent).toContain('about 9 tokens a second'));
    expect(first?.textContent).toContain('asleep');
  });

  it('gives a job a model of its own, and chats theirs back', async () => {
    // Catches a choice that changes the model of the chats, or that cannot be undone.
    const select = vi.fn((_id: unknown, _job: unknown) => Promise.resolve(modelList));
    show({ models: { select } });
    const summaries = await screen.findByLabelText('Summaries');
    fireEvent.change(summaries, { target: { value: qwen.id } });
    await waitFor(() => expect(select).toHaveBeenCalledExactlyOnceWith(qwen.id, 'summaries'));
    fireEvent.change(screen.getByLabelText('Chats'), { target: { value: qwen.id } });
    await waitFor(() => expect(select).toHaveBeenLastCalledWith(qwen.id, 'chat'));
  });

  it('marks the recommended one with its reason, and folds what does not fit behind the reason', async () => {
    show({
      catalogue: {
        list: () =>
          Promise.resolve([
            buildCatalogued(),
            buildCatalogued({
              entry: buildEntry({ id: 'big', name: 'Big 9B' }),
              offers: [buildOffer('Q4_K_M', 9e9, { fit: buildFit({ status: 'too-large', memoryBytes: 11e9 }) })],
              bestQuantisation: null,
              recommended: null,
            }),
          ]),
      },
    });
    const [row] = await within(await screen.findByRole('list', { name: 'Models for this computer' })).findAllByRole(
      'listitem',
    );
    expect(row?.textContent).toMatch(/Recommended.*The best one that runs well here.*about 9 tokens a second/s);
    const others = screen.getByText('1 model does not fit').closest('details');
    expect(others?.open).toBe(false);
    expect(others?.textContent).toContain('Needs 11 GB of memory; only 7.2 GB are free.');
  });

  it('begins the download of the best precision, and says why it could not', async () => {
    const start = vi.fn((_request: unknown): Promise<Download> =>
      Promise.reject(new AppError('hub/gated', 'Gated.', { repository: 'Qwen/Qwen3-4B-GGUF', host: 'huggingface.co' })),
    );
    show({ downloads: { start } });
    // The same is offered once more among all precisions, which are folded.
    const [button] = await screen.findAllByLabelText('Download Qwen3 4B Instruct Q4_K_M, 2.5 GB');
    fireEvent.click(button!);
    const alert = await screen.findByRole('alert');
    expect(start.mock.calls[0]?.[0]).toEqual({
      repository: 'Qwen/Qwen3-4B-GGUF',
      wanted: { quantisation: 'Q4_K_M' },
    });
    expect(alert.textContent).toContain('wants to know who downloads it');
    expect(within(alert).getByRole('button', { name: 'Enter the token' })).toBeTruthy();
  });

  it('pauses and goes on, and asks before it throws away what took minutes', async () => {
    const running = buildDownload();
    const paused = buildDownload({ name: 'Other', repository: 'a/b', state: 'paused', doneBytes: 5_000 });
    const [pause, resume, cancel] = [vi.fn(), vi.fn(), vi.fn()].map((call) => call.mockResolvedValue(undefined));
    show({ downloads: { pause, resume, cancel } as never }, [running, paused]);
    fireEvent.click(await screen.findByLabelText('Pause Qwen3 4B Instruct'));
    await waitFor(() => expect(pause).toHaveBeenCalledExactlyOnceWith(running.id));
    fireEvent.click(screen.getByRole('button', { name: /^Go on ?: Other$/ }));
    await waitFor(() => expect(resume).toHaveBeenCalledExactlyOnceWith(paused.id));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the download of Other' }));
    await waitFor(() => expect(cancel).toHaveBeenCalledExactlyOnceWith(paused.id));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the download of Qwen3 4B Instruct' }));
    expect((await screen.findByRole('alertdialog')).textContent).toContain('1.1 GB of');
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it('removes a model with a way back', async () => {
    const remove = vi.fn((_id: unknown) => Promise.resolve(modelList));
    const restore = vi.fn((_id: unknown) => Promise.resolve(modelList));
    show({ models: { remove, restore } });
    fireEvent.click(await screen.findByRole('button', { name: `More for ${small.name}` }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    await waitFor(() => expect(remove).toHaveBeenCalledExactlyOnceWith(small.id));
    fireEvent.click(await screen.findByText('Undo'));
    await waitFor(() => expect(restore).toHaveBeenCalledExactlyOnceWith(small.id));
  });

  it('offers to use a file where it lies only where the page has files and not copies', async () => {
    show();
    fireEvent.click(await screen.findByText('Import a model'));
    expect(screen.queryByRole('menuitem')).toBeNull();
    cleanup();
    show({}, [], 'window');
    await waitFor(() => {
      fireEvent.click(screen.getByText('Import a model'));
      expect(screen.getByRole('menuitem', { name: 'Use a file where it lies' })).toBeTruthy();
    });
  });

  it('deletes from what was put aside only after a question', async () => {
    const discard = vi.fn((_name: unknown) => Promise.resolve([]));
    show({
      models: {
        discard,
        quarantined: () =>
          Promise.resolve([{ fileName: 'bad.gguf', sizeBytes: 5_000_000, reason: 'digest-differs', at: 0 }]),
      },
    });
    fireEvent.click(await screen.findByLabelText('Delete bad.gguf for good'));
    expect(discard).not.toHaveBeenCalled();
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete for good' }));
    await waitFor(() => expect(discard).toHaveBeenCalledExactlyOnceWith('bad.gguf'));
    await waitFor(() => expect(screen.queryByText('bad.gguf')).toBeNull());
  });
});
