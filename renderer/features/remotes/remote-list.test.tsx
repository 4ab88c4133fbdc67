import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RemoteTest } from '../../../electron/services/remotes/remotes-service.ts';
import { AppError } from '../../../electron/shared/app-error.ts';
import type { AppErrorCode } from '../../../electron/shared/app-error.ts';
import { createId, remoteIdSchema } from '../../../electron/shared/ids.ts';
import type { KeyStatus } from '../../../electron/shared/key.ts';
import type { Remote, RemoteText } from '../../../electron/shared/remote.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { changingSettings, createRouterDouble } from '../../testing/router-double.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { RemoteList } from './remote-list.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const openai: Remote = {
  id: createId(remoteIdSchema),
  kind: 'openai',
  zone: 'cloud',
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  modelName: null,
  contextTokens: null,
  policyUrl: 'https://platform.openai.com/docs/guides/your-data',
};
const workshop: Remote = {
  ...openai,
  id: createId(remoteIdSchema),
  kind: 'openai-compatible',
  zone: 'own-server',
  name: 'Workshop',
  baseUrl: 'http://192.168.1.20:11434/v1',
  policyUrl: null,
};

type Around = {
  readonly first?: readonly Remote[];
  readonly state?: KeyStatus['state'];
  readonly test?: RemoteTest;
  /** What adding fails with. */
  readonly failure?: AppError;
  readonly keyFailure?: AppErrorCode;
};

function show({ first = [], state = 'missing', test, failure, keyFailure }: Around = {}) {
  let remotes = [...first];
  const states = new Map(first.map(({ id }) => [id, state]));
  const settings = changingSettings({});
  const add = vi.fn((text: RemoteText) => {
    if (failure !== undefined) return Promise.reject(failure);
    const baseUrl = text.baseUrl || openai.baseUrl;
    const remote: Remote = { ...text, id: createId(remoteIdSchema), baseUrl, contextTokens: null };
    remotes = [...remotes, remote];
    return Promise.resolve(remote);
  });
  const update = vi.fn((id: Remote['id'], text: RemoteText) => {
    remotes = remotes.map((remote) => (remote.id === id ? { ...text, id, contextTokens: null } : remote));
    return Promise.resolve({ ...text, id, contextTokens: null });
  });
  const remove = vi.fn((id: Remote['id']) => {
    remotes = remotes.filter((remote) => remote.id !== id);
    return Promise.resolve();
  });
  const set = vi.fn((owner: KeyStatus['owner'], _secret: string) => {
    if (keyFailure !== undefined) return Promise.reject(new AppError(keyFailure, 'The keychain is locked.'));
    const status = { owner, state: 'kept-in-keychain' } as const;
    if (owner !== 'hub') states.set(owner, status.state);
    return Promise.resolve(status);
  });
  const models = vi.fn(() =>
    Promise.resolve([
      { name: 'large-1', contextTokens: 128_000, inputPrice: 2.5, outputPrice: 10 },
      { name: 'odd-2', contextTokens: null, inputPrice: null, outputPrice: null },
    ]),
  );
  const api = createRouterDouble({
    settings,
    remotes: {
      list: () => Promise.resolve(remotes),
      add,
      update,
      remove,
      models,
      test: () => Promise.resolve(test ?? { status: 'works', models: 3, movedTo: null }),
    },
    keys: {
      status: () => Promise.resolve(remotes.map(({ id }) => ({ owner: id, state: states.get(id) ?? 'missing' }))),
      set,
    },
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <RemoteList />
      </Notifications>
    </ApiProvider>,
  );
  return { api, settings, add, update, remove, set, models };
}

async function openForm() {
  fireEvent.click(await screen.findByRole('button', { name: 'Add a large model' }));
  return within(await screen.findByRole('dialog'));
}

describe('RemoteList', () => {
  it('adds a vendor with nothing but a key, and forgets the key', async () => {
    // Catches a key that stays in a field, in a cache of the window or in what was asked.
    const { api, add, set } = show();
    const form = await openForm();
    fireEvent.change(form.getByLabelText('Key'), { target: { value: 'sk-planted-secret' } });
    fireEvent.click(form.getByRole('button', { name: 'Add it' }));
    expect(await screen.findByText('The key is in your system’s keychain.')).toBeTruthy();
    expect(add).toHaveBeenCalledExactlyOnceWith({
      kind: 'openai',
      zone: 'cloud',
      name: 'OpenAI',
      baseUrl: '',
      modelName: null,
      policyUrl: null,
    });
    expect(set.mock.calls[0]?.[1]).toBe('sk-planted-secret');
    expect(document.body.innerHTML).not.toContain('sk-planted-secret');
    await waitFor(() => {
      const remembered = api.queryClient.getMutationCache().getAll();
      expect(JSON.stringify(remembered.map(({ state }) => state))).not.toContain('sk-planted-secret');
    });
  });

  it.each([
    ['baseUrl', 'no-scheme', 'Address', /has no beginning/],
    ['baseUrl', 'query', 'Address', /question mark/],
    ['baseUrl', 'zone-index', 'Address', /There is a % in the address/],
    ['baseUrl', 'not-encrypted', 'Address', /read along/],
    ['name', 'name-taken', 'Name', /There is one of this name already/],
    ['name', 'a-reason-of-tomorrow', 'Name', /cannot be like this/],
  ])('says at the field %s what is wrong: %s', async (field, reason, label, sentence) => {
    // Catches a sentence for every case at the top of the form, which says nothing about where to look.
    show({ failure: new AppError('app/invalid-input', 'no', { field, reason }) });
    const form = await openForm();
    fireEvent.change(form.getByLabelText('Where it is'), { target: { value: 'own-server' } });
    fireEvent.click(form.getByRole('button', { name: 'Add it' }));
    expect(await form.findByText('Give it a name.')).toBeTruthy();
    fireEvent.change(form.getByLabelText('Name'), { target: { value: 'Workshop' } });
    fireEvent.click(form.getByRole('button', { name: 'Add it' }));
    expect(await form.findByText(sentence)).toBeTruthy();
    expect(form.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
  });

  it('keeps what was added when the keychain does not take the key, and says so', async () => {
    show({ keyFailure: 'access/keychain-unavailable' });
    const form = await openForm();
    fireEvent.change(form.getByLabelText('Key'), { target: { value: 'sk-1' } });
    fireEvent.click(form.getByRole('button', { name: 'Add it' }));
    expect((await screen.findAllByText(/is added, but the key could not be kept/)).length).toBeGreaterThan(0);
    expect(await screen.findByText('No key.')).toBeTruthy();
  });

  it.each([
    ['missing', 'No key.', 'Enter a key'],
    ['kept-in-database', /encrypted database/, 'Replace the key'],
    ['kept-for-session', /until you close Sotto/, 'Replace the key'],
    ['unreachable', /keychain does not answer/, 'Look again'],
  ] as const)('tells in words that a key is %s', async (state, words, button) => {
    show({ first: [openai], state });
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.getByRole('button', { name: button })).toBeTruthy();
  });

  it.each([
    [
      { status: 'works', models: 3, movedTo: 'https://api.openai.com/v1' },
      /answers at https:\/\/api\.openai\.com\/v1, which is kept/,
    ],
    [{ status: 'works', models: 3, movedTo: null }, /api\.openai\.com offers 3 models/],
    [{ status: 'wrong-key' }, /api\.openai\.com does not accept the key/],
    [{ status: 'bad-certificate', flaw: 'expired' }, /has expired, so nothing was sent\. Whoever runs/],
    [{ status: 'old-tls' }, /has to update it/],
    [{ status: 'no-tls' }, /no https at this port/],
    [{ status: 'wants-tls' }, /beginning of the address to https/],
    [{ status: 'unreachable' }, /does not answer\. Check the address/],
    [{ status: 'not-an-api' }, /not as a server of models does/],
  ] as const)('tests address and key: %o', async (test, words) => {
    show({ first: [openai], test });
    fireEvent.click(await screen.findByRole('button', { name: 'Test OpenAI' }));
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('offers the one step where the settings refuse the test', async () => {
    const { settings } = show({ first: [openai], test: { status: 'refused', code: 'egress/mode-off' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Test OpenAI' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Turn on, and ask me each time' }));
    await waitFor(async () =>
      expect(await settings.get()).toMatchObject({ isOffline: false, allowedPurposes: ['provider'], cloudMode: 'ask' }),
    );
  });

  it('asks for the list of models only when it is wanted, and chooses one with its price', async () => {
    // Catches a page that reaches out by being looked at.
    const { models, update } = show({ first: [openai] });
    const choose = await screen.findByRole('button', { name: 'Choose a model' });
    expect(models).not.toHaveBeenCalled();
    fireEvent.click(choose);
    const model = await screen.findByRole('button', { name: /large-1/ });
    expect(model.textContent).toContain('$2.50 in, $10.00 out');
    expect(screen.getByRole('button', { name: /odd-2/ }).textContent).toContain('counted as the dearest one');
    fireEvent.click(model);
    await waitFor(() => expect(update).toHaveBeenCalledOnce());
    expect(update.mock.calls[0]?.[1]).toMatchObject({ name: 'OpenAI', modelName: 'large-1' });
    expect(await screen.findByText('Model: large-1')).toBeTruthy();
  });

  it('takes the name of a model that is not listed, and says that it is not', async () => {
    const { update } = show({ first: [workshop] });
    fireEvent.click(await screen.findByRole('button', { name: 'Choose a model' }));
    await screen.findByRole('button', { name: /large-1/ });
    fireEvent.change(screen.getByLabelText('Find a model, or type its name'), { target: { value: 'mine:70b' } });
    fireEvent.click(screen.getByRole('button', { name: /Use “mine:70b”.*does not list it/ }));
    await waitFor(() => expect(update.mock.calls[0]?.[1]).toMatchObject({ modelName: 'mine:70b' }));
  });

  it('removes one after a question, because a key cannot be brought back', async () => {
    const { remove } = show({ first: [openai, workshop] });
    fireEvent.click(await screen.findByRole('button', { name: 'Remove Workshop' }));
    expect(remove).not.toHaveBeenCalled();
    fireEvent.click(await screen.findByRole('button', { name: 'Remove it and its key' }));
    await waitFor(() => expect(remove).toHaveBeenCalledExactlyOnceWith(workshop.id));
    await waitFor(() => expect(screen.queryByText('Workshop', { selector: 'h4' })).toBeNull());
    expect(screen.getByText('OpenAI', { selector: 'h4' })).toBeTruthy();
  });
});
