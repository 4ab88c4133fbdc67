import { describe, expect, it } from 'vitest';
import type { UnnumberedPart } from '../../electron/shared/answer-part.ts';
import { answerPartSchema } from '../../electron/shared/answer-part.ts';
import { createId, runIdSchema } from '../../electron/shared/ids.ts';
import { applyPart, createRunView } from './run-view.ts';
import type { RunView } from './run-view.ts';

const runId = createId(runIdSchema);
const numbered = (parts: readonly UnnumberedPart[]) =>
  parts.map((part, sequence) => answerPartSchema.parse({ ...part, sequence }));
const viewAfter = (parts: readonly UnnumberedPart[]): RunView =>
  numbered(parts).reduce(applyPart, createRunView(runId));

const start: UnnumberedPart = { type: 'run-start', runId, modelName: 'Model', route: null };

describe('applyPart', () => {
  it('joins the pieces of an answer', () => {
    const view = viewAfter([
      start,
      { type: 'text-start' },
      { type: 'text-delta', text: 'Good ' },
      { type: 'text-delta', text: 'morning.' },
      { type: 'text-end' },
    ]);
    expect(view).toMatchObject({ text: 'Good morning.', isWriting: false, modelName: 'Model', state: 'running' });
  });

  it('ignores what was seen before when a connection begins again', () => {
    // Catches the doubled word after a reload.
    const parts = numbered([start, { type: 'text-delta', text: 'once ' }, { type: 'text-delta', text: 'only' }]);
    const view = [...parts, ...parts.slice(1)].reduce(applyPart, createRunView(runId));
    expect(view.text).toBe('once only');
    expect(view.lastSequence).toBe(2);
  });

  it('ends with the reason and the figures', () => {
    const usage = { inputTokens: 1, reusedTokens: 0, outputTokens: 2, timeToFirstTokenMs: 3, tokensPerSecond: 4 };
    const progress = { type: 'progress', phase: 'reading', done: 1, total: 2, remainingMs: null } as const;
    expect(viewAfter([start, progress]).progress).toMatchObject({ phase: 'reading', done: 1 });
    const ended = viewAfter([start, progress, { type: 'run-end', reason: 'stopped', usage }]);
    expect(ended).toMatchObject({ state: 'ended', endReason: 'stopped', usage, progress: null });
  });

  it('keeps what was written when it fails', () => {
    const error = { code: 'engine/crashed', message: 'The process ended.', details: {} } as const;
    const view = viewAfter([start, { type: 'text-delta', text: 'Half' }, { type: 'run-error', error }]);
    expect(view).toMatchObject({ state: 'failed', text: 'Half', error });
  });

  it('names a notice once', () => {
    const view = viewAfter([start, { type: 'notice', name: 'safe-mode' }, { type: 'notice', name: 'safe-mode' }]);
    expect(view.notices).toEqual(['safe-mode']);
  });
});
