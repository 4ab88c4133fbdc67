import { describe, expect, it } from 'vitest';
import { conversationIdSchema, createId, messageIdSchema, runIdSchema } from '../../../electron/shared/ids.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { createRunView } from '../../api/run-view.ts';
import { answerView } from './answer-view.ts';

const runId = createId(runIdSchema);
const message: Message = {
  id: createId(messageIdSchema),
  conversationId: createId(conversationIdSchema),
  parentId: null,
  role: 'assistant',
  parts: [{ type: 'text', text: 'Stored.' }],
  status: 'streaming',
  runId,
  modelName: null,
  route: null,
  usage: null,
  error: null,
  createdAt: 0,
};
const live = { ...createRunView(runId), lastSequence: 3, text: 'Live and longer.' };

describe('answerView', () => {
  it('shows the live text while the answer grows', () => {
    expect(answerView(message, live)).toMatchObject({ text: 'Live and longer.', isGrowing: true });
  });

  it('shows the stored text when the answer is complete, whatever the run said', () => {
    expect(answerView({ ...message, status: 'complete' }, live)).toMatchObject({ text: 'Stored.', isGrowing: false });
  });

  it('shows what was stored when the app has forgotten the run', () => {
    // Catches the empty answer after a restart of the app behind an open window.
    expect(answerView(message, { ...live, state: 'forgotten', text: '' }).text).toBe('Stored.');
  });

  it('keeps the error of a run after the message has let go of it', () => {
    const error = { code: 'engine/crashed', message: 'Ended.', details: {} } as const;
    const failed = answerView({ ...message, status: 'failed', runId: null }, { ...live, state: 'failed', error });
    expect(failed).toMatchObject({ hasFailed: true, error });
  });

  it('shows the stored error after a reload, when no run knows it any more', () => {
    const error = { code: 'engine/crashed', message: 'Ended.', details: {} } as const;
    expect(answerView({ ...message, status: 'failed', runId: null, error }, null)).toMatchObject({ error });
  });

  it('keeps the words of an answer that goes on until its run has told them', () => {
    // Catches the answer that is blank for a moment when it is asked to go on.
    expect(answerView(message, createRunView(runId))).toMatchObject({ text: 'Stored.', isGrowing: true });
  });

  it('offers to go on with what was cut short, and with nothing else', () => {
    const cut: Message = { ...message, status: 'interrupted', runId: null };
    expect(answerView(cut, null).canContinue).toBe(true);
    const long: Message = {
      ...message,
      status: 'complete',
      parts: [...message.parts, { type: 'notice', name: 'length-limit' }],
    };
    expect(answerView(long, null).canContinue).toBe(true);
    expect(answerView({ ...message, status: 'complete' }, null).canContinue).toBe(false);
    expect(answerView({ ...cut, parts: [] }, null).canContinue).toBe(false);
  });

  it('tells how long the model thought, and nothing where nobody measured it', () => {
    const thought: Message = {
      ...message,
      status: 'complete',
      parts: [{ type: 'reasoning', text: 'Hm.', durationMs: 12_000 }, ...message.parts],
    };
    expect(answerView(thought, null).reasoning).toEqual({ text: 'Hm.', durationMs: 12_000, isGrowing: false });
    expect(answerView({ ...message, status: 'complete' }, null).reasoning).toBeNull();
  });

  it('tells the end of an answer when it is over, not while it is being stored', () => {
    // Catches the question after an answer that was cut short, which waits behind it in place of being sent.
    const cut = { ...live, notices: ['safe-mode', 'interrupted'] as const };
    expect(answerView(message, cut).notices).toEqual(['safe-mode']);
    const over = { ...cut, state: 'ended', endReason: 'interrupted' } as const;
    expect(answerView(message, over).notices).toEqual(['interrupted', 'safe-mode']);
  });

  it('says once that an answer was stopped', () => {
    const stopped: Message = { ...message, status: 'stopped', parts: [{ type: 'notice', name: 'stopped' }] };
    expect(answerView(stopped, null).notices).toEqual(['stopped']);
  });
});
