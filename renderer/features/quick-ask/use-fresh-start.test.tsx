import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createId, messageIdSchema } from '../../../electron/shared/ids.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom } from '../../testing/api-double.tsx';
import { conversationId, createQuickAskDouble, runId, shorten } from '../../testing/quick-ask-double.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { QuickAskPage } from './quick-ask-page.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const ways = { toChat: vi.fn(), toPage: vi.fn() };
let double: ReturnType<typeof createQuickAskDouble>;

beforeEach(() => {
  double = createQuickAskDouble();
});

function show(): void {
  renderInWords(
    <ApiProvider api={double.api('window')}>
      <QuickAskPage ways={ways} />
    </ApiProvider>,
  );
}

const field = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Your question' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const press = (key: string, more: object = {}) => fireEvent.keyDown(field(), { key, ...more });

async function ask(text: string): Promise<void> {
  type(text);
  press('Enter');
  await screen.findByText('rains');
}

const comeForward = (count: number) => double.requests.set({ type: 'quick-ask-shown', count });

/** The page has heard that the window came, which gives the field the keys. */
async function hear(count: number): Promise<void> {
  field().blur();
  comeForward(count);
  await waitFor(() => expect(document.activeElement).toBe(field()));
}

describe('QuickAskPage, when its window comes and goes', () => {
  it('forgets an answer that was dropped before it began', async () => {
    // Catches the answer that turns up in the next question's place, and the one that nobody forgets.
    const begun = Promise.withResolvers<Awaited<ReturnType<typeof double.quickAsk.ask>>>();
    double.quickAsk.ask.mockReturnValueOnce(begun.promise);
    show();
    type('Why?');
    press('Enter');
    fireEvent(window, new Event('blur'));
    comeForward(1);
    await waitFor(() => expect(field().value).toBe(''));
    begun.resolve({ conversationId, runId, answerId: createId(messageIdSchema) });
    await waitFor(() => expect(double.quickAsk.forget).toHaveBeenCalledWith(conversationId));
    expect(screen.queryByText('rains')).toBeNull();
  });

  it('is new each time it comes, and keeps what was typed before it heard of it', async () => {
    // Catches the first letters that are lost because keys are quicker than the news that the window is shown.
    show();
    await ask('Old question');
    fireEvent(window, new Event('blur'));
    expect([field().selectionStart, field().selectionEnd]).toEqual([0, 'Old question'.length]);
    type('ne');
    comeForward(2);
    await waitFor(() => expect(screen.queryByText('rains')).toBeNull());
    expect(field().value).toBe('ne');
    expect(document.activeElement).toBe(field());
    fireEvent(window, new Event('blur'));
    comeForward(3);
    await waitFor(() => expect(field().value).toBe(''));
  });

  it('loses nothing that was asked before it heard that it is shown', async () => {
    // Catches the answer that goes away because the news of the window comes after Enter on a busy machine.
    show();
    await ask('Why?');
    await hear(1);
    expect(screen.getByText('rains')).toBeTruthy();
    expect(double.quickAsk.forget).not.toHaveBeenCalled();
    fireEvent(window, new Event('blur'));
    const words = 'It rained. '.repeat(50);
    fireEvent.paste(field(), { clipboardData: { getData: () => words } });
    expect(await screen.findByText('Pasted text')).toBeTruthy();
    expect(screen.queryByText('rains')).toBeNull();
    press('1', { code: 'Digit1' });
    await screen.findByText('rains');
    await hear(2);
    expect(double.quickAsk.ask).toHaveBeenLastCalledWith({
      text: '',
      context: words,
      presetId: shorten.id,
      replaces: null,
    });
    expect(screen.getByText('Pasted text')).toBeTruthy();
    expect(double.quickAsk.forget).toHaveBeenCalledOnce();
  });

  it('asks nothing again that was asked before the window went', async () => {
    show();
    await ask('Old question');
    fireEvent(window, new Event('blur'));
    press('Enter');
    expect(field().value).toBe('');
    expect(double.quickAsk.ask).toHaveBeenCalledOnce();
  });
});
