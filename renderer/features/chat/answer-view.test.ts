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
  createdAt: 0,
};
const live = { ...createRunView(runId), text: 'Live and longer.' };

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

  it('says once that an answer was stopped', () => {
    const stopped: Message = { ...message, status: 'stopped', parts: [{ type: 'notice', name: 'stopped' }] };
    expect(answerView(stopped, null).notices).toEqual(['stopped']);
  });
});
