import { describe, expect, it, vi } from 'vitest';
import { emptyDraft } from '../../../electron/shared/draft.ts';
import type { QueuedMessage } from '../../../electron/shared/draft.ts';
import { conversationIdSchema, createId, runIdSchema } from '../../../electron/shared/ids.ts';
import type { RunId } from '../../../electron/shared/ids.ts';
import { createRunView } from '../../api/run-view.ts';
import type { RunView } from '../../api/run-view.ts';
import { DraftStore } from '../../lib/drafts.ts';
import { MessageQueue } from './message-queue.ts';
import { eventually } from '../../../electron/testing/eventually.ts';

const id = createId(conversationIdSchema);

const toMessage = (text: string): QueuedMessage => ({ text, choice: null });

/** A queue over runs that end when the test says so. */
async function open(waiting: readonly string[]) {
  const runs = new Map<RunId, PromiseWithResolvers<RunView>>();
  const sent: string[] = [];
  const drafts = new DraftStore({
    get: () => Promise.resolve({ ...emptyDraft, queue: waiting.map(toMessage) }),
    put: () => Promise.resolve(),
  });
  drafts.subscribe(id, () => undefined);
  await eventually(() => expect(drafts.isKnown(id)).toBe(true));
  const start = (): RunId => {
    const runId = createId(runIdSchema);
    runs.set(runId, Promise.withResolvers());
    return runId;
  };
  const send = vi.fn((_: typeof id, message: QueuedMessage) => {
    sent.push(message.text);
    return Promise.resolve(start());
  });
  const queue = new MessageQueue({
    drafts,
    whenEnded: (runId) => runs.get(runId)?.promise ?? Promise.reject(new Error('No such run.')),
    statusOf: () => Promise.resolve('complete'),
    send,
  });
  const end = (change: Partial<RunView>): void => {
    const [runId, run] = [...runs].at(-1) ?? [];
    if (runId !== undefined) run?.resolve({ ...createRunView(runId), ...change });
  };
  queue.follow(id, start());
  return { queue, drafts, sent, send, start, end, waiting: () => drafts.view(id).queue.map(({ text }) => text) };
}

const complete = { state: 'ended', endReason: 'complete' } as const;

describe('MessageQueue', () => {
  it('sends one message after the other, each when the answer before it has ended', async () => {
    // Catches two answers that are written at once, and a message that is sent twice.
    const { sent, end, waiting } = await open(['one', 'two']);
    end(complete);
    await eventually(() => expect(waiting()).toEqual(['two']));
    expect(sent).toEqual(['one']);
    end(complete);
    await eventually(() => expect(waiting()).toEqual([]));
    expect(sent).toEqual(['one', 'two']);
    end(complete);
    await Promise.resolve();
    expect(sent).toEqual(['one', 'two']);
  });

  it.each([
    ['stopped', { state: 'ended', endReason: 'stopped' }],
    ['interrupted', { state: 'ended', endReason: 'interrupted' }],
    ['failed', { state: 'failed' }],
  ] as const)('keeps what waits behind an answer that was %s, until it is told to go on', async (pause, ending) => {
    const { queue, sent, end, waiting } = await open(['one']);
    end(ending);
    await eventually(() => expect(queue.state(id).pause).toBe(pause));
    expect([sent, waiting()]).toEqual([[], ['one']]);
    queue.resume(id);
    await eventually(() => expect(sent).toEqual(['one']));
  });

  it('keeps a message that could not be sent', async () => {
    const { queue, send, end, waiting } = await open(['one']);
    send.mockRejectedValueOnce(new Error('No model.'));
    end(complete);
    await eventually(() => expect(queue.state(id)).toEqual({ pause: 'refused', isSending: false }));
    expect(waiting()).toEqual(['one']);
  });

  it('takes out the message that was sent, although the list was put in another order meanwhile', async () => {
    // Catches the wrong message being dropped.
    const { drafts, send, start, end, waiting } = await open(['one', 'two']);
    const sending = Promise.withResolvers<RunId>();
    send.mockReturnValueOnce(sending.promise);
    end(complete);
    await eventually(() => expect(send).toHaveBeenCalledTimes(1));
    drafts.change(id, { queue: ['two', 'one', 'three'].map(toMessage) });
    sending.resolve(start());
    await eventually(() => expect(waiting()).toEqual(['two', 'three']));
  });

  it('sends each message to the place that was said for it', async () => {
    // Catches the question that was to stay here and goes where the rules say, for it had to wait.
    const { drafts, send, end } = await open([]);
    drafts.change(id, {
      queue: [
        { text: 'Same', choice: null },
        { text: 'Same', choice: 'local' },
      ],
    });
    end(complete);
    await eventually(() => expect(send).toHaveBeenCalledExactlyOnceWith(id, { text: 'Same', choice: null }));
    await eventually(() => expect(drafts.view(id).queue).toEqual([{ text: 'Same', choice: 'local' }]));
  });

  it('asks what is stored when the app has forgotten the run', async () => {
    const { sent, end } = await open(['one']);
    end({ state: 'forgotten' });
    await eventually(() => expect(sent).toEqual(['one']));
  });
});
