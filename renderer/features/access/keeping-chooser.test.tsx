import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccessState, KeychainState } from '../../../electron/shared/access.ts';
import { AppError } from '../../../electron/shared/app-error.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble, watching } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { KeepingChooser } from './keeping-chooser.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

type Open = Extract<AccessState, { state: 'open' }>;
const nothing: Open = {
  state: 'open',
  keeping: 'session-only',
  isChosen: false,
  isBesideKept: false,
  isReadOnly: false,
  lostCommits: 0,
};

function show(access: Partial<Open>, keychain: KeychainState, keep: (choice: never) => unknown): void {
  const api = createApiDouble({
    'access.watch': () => watching({ ...nothing, ...access }),
    'access.keychain': () => keychain,
    'access.keep': keep,
  });
  renderInWords(
    <ApiProvider api={api}>
      <Notifications>
        <KeepingChooser />
      </Notifications>
    </ApiProvider>,
  );
}

const choose = async (name: RegExp): Promise<void> => void fireEvent.click(await screen.findByRole('radio', { name }));
const fill = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submit = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));

describe('KeepingChooser', () => {
  it('takes a passphrase only when both are the same and long enough', async () => {
    // Catches the typing error that locks somebody out for ever.
    const keep = vi.fn(() => new Promise(() => undefined));
    show({}, { state: 'available' }, keep);
    await choose(/passphrase/);
    fill('New passphrase', 'short');
    fill('The same again', 'short');
    submit('Keep with this passphrase');
    expect(screen.getByText(/at least 8 characters/)).toBeTruthy();
    fill('New passphrase', 'four unrelated words');
    fill('The same again', 'four unrelated wards');
    submit('Keep with this passphrase');
    expect(screen.getByText(/The two are not the same/)).toBeTruthy();
    expect(keep).not.toHaveBeenCalled();
    fill('The same again', 'four unrelated words');
    submit('Keep with this passphrase');
    await waitFor(() =>
      expect(keep).toHaveBeenCalledExactlyOnceWith({ keeping: 'passphrase', passphrase: 'four unrelated words' }),
    );
  });

  it('warns that nobody can recover a passphrase, and rates it', async () => {
    show({}, { state: 'available' }, vi.fn());
    await choose(/passphrase/);
    expect(screen.getByText(/Nobody can recover this passphrase/)).toBeTruthy();
    fill('New passphrase', 'password1');
    expect(await screen.findByText(/Very weak/, {}, { timeout: 10_000 })).toBeTruthy();
    fill('New passphrase', 'tundra-violin-pickle-orbit');
    expect(await screen.findByText(/Strong/)).toBeTruthy();
  });

  it('says why the keychain cannot be chosen', async () => {
    show({}, { state: 'refused', reason: 'no-answer' }, vi.fn());
    expect(await screen.findByText(/does not answer/)).toBeTruthy();
    const radio = screen.getByRole('radio', { name: /keychain/ });
    expect(radio.getAttribute('aria-disabled') ?? radio.getAttribute('data-disabled')).not.toBeNull();
  });

  it('asks for the current passphrase before it ends the keeping, and says what is lost', async () => {
    const keep = vi.fn(() => Promise.reject(new AppError('access/wrong-passphrase', 'No.')));
    show({ keeping: 'passphrase', isChosen: true }, { state: 'available' }, keep);
    await choose(/Not at all/);
    expect(screen.getByText(/erased from the disk/)).toBeTruthy();
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Keep nothing from now on' });
    expect(button.disabled).toBe(true);
    fill('Current passphrase', 'was it this one');
    fireEvent.click(button);
    await waitFor(() =>
      expect(keep).toHaveBeenCalledExactlyOnceWith({ keeping: 'session-only', currentPassphrase: 'was it this one' }),
    );
    expect((await screen.findByRole('alert')).textContent).toContain('This is not the passphrase');
  });

  it('offers no change while kept chats lie closed beside this session', async () => {
    // Catches the new file in the place of chats that only wait for their passphrase.
    show({ isBesideKept: true, isChosen: true }, { state: 'available' }, vi.fn());
    const radio = await screen.findByRole('radio', { name: /passphrase/ });
    fireEvent.click(radio);
    expect(screen.queryByLabelText('New passphrase')).toBeNull();
    // Catches the session that can only be left by closing the app.
    expect(screen.getByRole('button', { name: 'Open saved chats' })).toBeTruthy();
  });
});
