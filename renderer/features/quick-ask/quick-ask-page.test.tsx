import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../electron/shared/app-error.ts';
import type { DesktopState } from '../../../electron/shared/desktop.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import {
  answered,
  conversationId,
  createQuickAskDouble,
  desktopState,
  runId,
  shorten,
  status,
  still,
} from '../../testing/quick-ask-double.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import type { ServiceParts } from '../../testing/router-double.tsx';
import { QuickAskPage } from './quick-ask-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const ways = { toChat: vi.fn(), toPage: vi.fn() };
let double: ReturnType<typeof createQuickAskDouble>;

beforeEach(() => {
  double = createQuickAskDouble();
});

function show(door: 'browser' | 'window', change: ServiceParts = {}): HTMLTextAreaElement {
  renderInWords(
    <ApiProvider api={double.api(door, change)}>
      <QuickAskPage ways={ways} />
    </ApiProvider>,
  );
  return field();
}

const field = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Your question' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const press = (key: string, more: object = {}) => fireEvent.keyDown(field(), { key, ...more });

async function ask(text: string): Promise<void> {
  type(text);
  press('Enter');
  await screen.findByText('rains');
}

describe('QuickAskPage', () => {
  it('loads the model with the first key, asks with Enter, and shows the answer', async () => {
    const first = show('window');
    expect(document.activeElement).toBe(first);
    await ask('Why is it wet?');
    expect(double.quickAsk.warm).toHaveBeenCalled();
    expect(double.quickAsk.ask).toHaveBeenCalledExactlyOnceWith({
      text: 'Why is it wet?',
      context: null,
      presetId: null,
      replaces: null,
    });
    // The next key begins the next question.
    expect(first.selectionEnd).toBe('Why is it wet?'.length);
    await ask('And now?');
    expect(double.quickAsk.ask).toHaveBeenLastCalledWith(expect.objectContaining({ replaces: conversationId }));
  });

  it('hides what may harm until it is asked for, from the keys too, and from the next answer again', async () => {
    // Catches the answer that is hidden on the screen and pasted into the letter by a key.
    const findings = [{ kind: 'harmful', start: 0, end: 3 }] as const;
    double.answers.parts = [
      ...answered.slice(0, 4),
      { sequence: 4, type: 'screening', findings },
      { ...answered[4]!, sequence: 5 },
    ];
    double.quickAsk.paste.mockResolvedValue('pasted');
    show('window');
    type('Why is it wet?');
    press('Enter');
    const choice = await screen.findByRole('button', { name: 'Show anyway' });
    expect(screen.queryByText('rains')).toBeNull();
    expect(screen.queryByRole('button', { name: /Copy/ })).toBeNull();
    press('Enter', { ctrlKey: true });
    expect(double.quickAsk.paste).not.toHaveBeenCalled();
    fireEvent.click(choice);
    expect(await screen.findByText('rains')).toBeTruthy();
    press('Enter', { ctrlKey: true });
    await waitFor(() => expect(double.quickAsk.paste).toHaveBeenCalledExactlyOnceWith('It **rains**.'));
  });

  it('does what a key asks that is pressed before the presets are known', async () => {
    // Catches the key that does nothing for somebody who is faster than the list.
    const { promise: slowly, resolve: arrive } = Promise.withResolvers<undefined>();
    const list = async () => {
      await slowly;
      return [shorten];
    };
    show('window', { presets: { list } });
    fireEvent.paste(field(), { clipboardData: { getData: () => 'It rained. '.repeat(50) } });
    expect(await screen.findByText('Pasted text')).toBeTruthy();
    press('1', { code: 'Digit1' });
    expect(double.quickAsk.ask).not.toHaveBeenCalled();
    arrive(undefined);
    await waitFor(() =>
      expect(double.quickAsk.ask).toHaveBeenCalledWith(expect.objectContaining({ presetId: shorten.id })),
    );
  });

  it('takes the selection as a chip, which one key works on and another takes out', async () => {
    double.quickAsk.takeText.mockResolvedValue({ status: 'taken', from: 'selection', text: 'It rained.', isCut: true });
    show('window');
    const key = async () => screen.findByRole<HTMLButtonElement>('button', { name: /Shorten/ });
    expect((await key()).disabled).toBe(true);
    fireEvent.click(await screen.findByRole('button', { name: 'Add the selected text' }));
    expect(await screen.findByText('It rained.')).toBeTruthy();
    expect(screen.getByText('Only the first 20,000 characters are used.')).toBeTruthy();
    press('1', { code: 'Digit1' });
    await waitFor(() =>
      expect(double.quickAsk.ask).toHaveBeenCalledWith({
        text: '',
        context: 'It rained.',
        presetId: shorten.id,
        replaces: null,
      }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Take the text out' }));
    expect(screen.queryByText('It rained.')).toBeNull();
    expect(document.activeElement).toBe(field());
  });

  it.each([
    [{ status: 'empty' }, 'Nothing is selected in the other app.'],
    [{ status: 'refused' }, /Allow it under/],
    [{ status: 'unavailable' }, /paste it into the field/],
  ] as const)('says why nothing was taken: %j', async (taken, words) => {
    double.quickAsk.takeText.mockResolvedValue(taken);
    show('window');
    fireEvent.click(await screen.findByRole('button', { name: 'Add the selected text' }));
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('makes a long paste the text that the question is about', () => {
    show('window');
    const paste = (text: string) => fireEvent.paste(field(), { clipboardData: { getData: () => text } });
    expect(paste('short')).toBe(true);
    expect(paste('word '.repeat(100))).toBe(false);
    expect(screen.getByText('Pasted text')).toBeTruthy();
  });

  it.each([
    ['pasted', 'Pasted into the app.'],
    ['copied', /paste it yourself/],
    ['failed', /still here to copy/],
  ] as const)('says what became of pasting back: %s', async (outcome, words) => {
    double.quickAsk.paste.mockResolvedValue(outcome);
    show('window');
    await ask('Why?');
    fireEvent.click(await screen.findByRole('button', { name: /Paste into the app/ }));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(double.quickAsk.paste).toHaveBeenCalledWith('It **rains**.');
  });

  it('stops with Escape while it answers, and forgets and hides with the next', async () => {
    double.answers.parts = answered.slice(0, 3);
    show('window');
    await ask('Why?');
    press('Escape');
    await waitFor(() => expect(double.stop).toHaveBeenCalledWith(runId));
    expect(double.hide).not.toHaveBeenCalled();
    cleanup();
    double.answers.parts = answered;
    show('window');
    await ask('Why?');
    await screen.findByText('· Esc closes');
    press('Escape');
    await waitFor(() => expect(double.hide).toHaveBeenCalledOnce());
    expect(double.quickAsk.forget).toHaveBeenCalledWith(conversationId);
    expect(field().value).toBe('');
    expect(screen.queryByText('rains')).toBeNull();
  });

  it('continues in the main window, or goes there itself where there is none', async () => {
    show('window');
    await ask('Why?');
    fireEvent.click(await screen.findByRole('button', { name: /Continue in the window/ }));
    await waitFor(() => expect(double.quickAsk.continue).toHaveBeenCalledWith(conversationId));
    await waitFor(() => expect(field().value).toBe(''));
    // What is kept must not be forgotten on the way out.
    expect(double.quickAsk.forget).not.toHaveBeenCalled();
    expect(ways.toChat).not.toHaveBeenCalled();
    cleanup();
    show('browser');
    await ask('Why?');
    press('Enter', { ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(ways.toChat).toHaveBeenCalledWith(conversationId));
  });

  it('says what is wrong with the next step: no model, and what the app answered', async () => {
    show('window', { status: { watch: (signal) => still(signal, { ...status, model: null }) } });
    fireEvent.click(await screen.findByRole('button', { name: 'Open Models' }));
    await waitFor(() => expect(double.quickAsk.show).toHaveBeenCalledWith('models'));
    double.quickAsk.ask.mockRejectedValueOnce(new AppError('engine/gave-up', 'It crashed too often.'));
    type('Why?');
    press('Enter');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/Try again/);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('rains');
  });

  it('offers nothing of the desktop where there is none', async () => {
    const none: DesktopState = { ...desktopState, frontApp: { reads: 'none', canPaste: false } };
    show('browser', { desktop: { watch: (signal) => still(signal, none), requests: () => double.requests.stream() } });
    await ask('Why?');
    await screen.findByRole('button', { name: /Copy/ });
    expect(screen.queryByRole('button', { name: /Add the/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Paste into/ })).toBeNull();
    expect(screen.getByRole('link', { name: /To your chats/ })).toBeTruthy();
  });
});
