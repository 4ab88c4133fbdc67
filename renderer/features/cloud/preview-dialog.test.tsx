import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../electron/shared/app-error.ts';
import type { CloudPreview } from '../../../electron/shared/cloud-preview.ts';
import { conversationIdSchema, createId, previewIdSchema, remoteIdSchema } from '../../../electron/shared/ids.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { OpenLinkContext } from '../../lib/external-link.ts';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { PreviewDialog } from './preview-dialog.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const id = createId(previewIdSchema);
const body = '{"messages":[{"role":"user","content":"Write to PERSON_1 in\\nParis."}]}';
const start = body.indexOf('PERSON_1');
const preview: CloudPreview = {
  id,
  conversationId: createId(conversationIdSchema),
  remoteId: createId(remoteIdSchema),
  remoteName: 'OpenAI',
  zone: 'cloud',
  host: 'api.openai.com',
  policyUrl: 'https://openai.com/policies',
  modelName: 'gpt-5',
  turns: [{ role: 'user', text: 'Write to PERSON_1 in\nParis.' }],
  body,
  bodyHash: 'ab'.repeat(32),
  replacements: [{ start, end: start + 8, placeholder: 'PERSON_1', original: 'Anna Meyer' }],
  inputTokens: 1_234,
  savedTokens: 400,
  mostCostMicroDollars: 12_300,
  isPriceKnown: false,
  route: { zone: 'cloud', reason: 'quality-preferred' },
};

async function open(answers: Answers = {}, shown: CloudPreview = preview) {
  const openLink = vi.fn();
  const decide = vi.fn();
  const api = createApiDouble({ 'cloud.preview': () => shown, 'cloud.decide': decide, ...answers });
  renderInWords(
    <ApiProvider api={api}>
      <OpenLinkContext value={openLink}>
        <PreviewDialog previewId={id} />
      </OpenLinkContext>
    </ApiProvider>,
  );
  await screen.findByText('gpt-5');
  return { openLink, decide };
}

const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));

describe('PreviewDialog', () => {
  it('says where it goes, at what price, and that the price is a guess', async () => {
    const { openLink } = await open();
    const words = screen.getByRole('alertdialog').textContent;
    for (const fact of ['OpenAI, api.openai.com', 'about 1,234 tokens', '400 left out', 'at most $0.01', 'A guess']) {
      expect(words).toContain(fact);
    }
    press('What api.openai.com does with it');
    expect(openLink).toHaveBeenCalledExactlyOnceWith('https://openai.com/policies');
  });

  it('shows the body character for character, and names what each placeholder stands for', async () => {
    // Catches the view that prettifies, trims or unescapes what it says is exact.
    await open();
    fireEvent.click(screen.getByRole('tab', { name: 'Exact bytes' }));
    const panel = await screen.findByRole('tabpanel');
    expect(panel.textContent).toBe(body);
    expect(screen.getByRole('button', { name: 'PERSON_1, in place of Anna Meyer' })).toBeTruthy();
  });

  it('replaces one more word everywhere and shows the request made anew', async () => {
    const turns = [{ role: 'user', text: 'Write to PERSON_1 in\nPLACE_1.' }] as const;
    const redactMore = vi.fn(() => ({ ...preview, turns, body: 'new', bodyHash: 'cd'.repeat(32) }));
    await open({ 'cloud.redactMore': redactMore });
    fireEvent.change(screen.getByRole('textbox', { name: 'Replace another word' }), { target: { value: ' Paris ' } });
    fireEvent.click(screen.getByRole('checkbox', { name: 'From now on, in every chat' }));
    press('Replace');
    await waitFor(() =>
      expect(redactMore).toHaveBeenCalledExactlyOnceWith({ id, words: ['Paris'], isRemembered: true }),
    );
    await waitFor(() => expect(screen.getByRole('tabpanel').textContent).toContain('PLACE_1'));
  });

  it('puts a part otherwise; Escape in its field ends the editing and not the answer', async () => {
    const edit = vi.fn(() => preview);
    const { decide } = await open({ 'cloud.edit': edit });
    press('Edit: You, part 1');
    const field = screen.getByRole('textbox', { name: 'Text of part 1' });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByRole('textbox', { name: 'Text of part 1' })).toBeNull();
    press('Edit: You, part 1');
    fireEvent.change(screen.getByRole('textbox', { name: 'Text of part 1' }), { target: { value: 'Write.' } });
    press('Use this text');
    await waitFor(() => expect(edit).toHaveBeenCalledExactlyOnceWith({ id, turns: [{ index: 0, text: 'Write.' }] }));
    expect(decide).not.toHaveBeenCalled();
  });

  it('sends with what was allowed, and goes', async () => {
    const { decide } = await open();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Always allow for this conversation, without asking' }));
    press('Send');
    await waitFor(() =>
      expect(decide).toHaveBeenCalledExactlyOnceWith({
        id,
        decision: 'send',
        bodyHash: preview.bodyHash,
        isAlways: true,
      }),
    );
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('never takes "always" along where it is answered here, and cancels with Escape without a question', async () => {
    const { decide } = await open();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Always allow for this conversation, without asking' }));
    press('Answer on this computer');
    await waitFor(() => expect(decide).toHaveBeenCalledExactlyOnceWith({ id, decision: 'local' }));
    cleanup();
    const again = await open();
    const title = screen.getByRole('heading', { name: 'This would leave your computer' });
    title.focus();
    fireEvent.keyDown(title, { key: 'Escape' });
    await waitFor(() => expect(again.decide).toHaveBeenCalledExactlyOnceWith({ id, decision: 'cancel' }));
  });

  it('says in place what went wrong, and stays', async () => {
    const decide = vi.fn(() => {
      throw new AppError('cloud/budget-spent', 'Spent.');
    });
    await open({ 'cloud.decide': decide });
    press('Send');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('alertdialog')).toBeTruthy();
  });
});
