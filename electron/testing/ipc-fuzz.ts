import { z } from 'zod';
import { pageChannels } from '../guards/page-message.ts';
import { appErrorDataSchema } from '../shared/app-error.ts';
import type { FakePageDoor, PageEnd } from './fake-page.ts';
import { listCalls, messageFor, oddValues, pick, type FuzzedCall, type Random } from './fuzzed-messages.ts';

/** What came of a run. */
export type FuzzTally = {
  readonly outcomes: Map<string, number>;
  /** Words for each message that was not answered as it must be. */
  readonly failures: string[];
  readonly calls: Set<string>;
};

const answerSchema = z.object({
  i: z.string(),
  t: z.number().optional(),
  p: z.object({ s: z.number().optional(), h: z.unknown(), b: z.unknown() }).partial(),
});
const errorSchema = z.object({ json: z.object({ code: z.literal('APP_ERROR'), data: appErrorDataSchema }) });

/** The kind of an answer, or null when it has not the contract's shape. */
function readAnswer(text: unknown): {
  readonly id: string;
  readonly isFirst: boolean;
  readonly outcome: string | null;
  readonly isStream: boolean;
} | null {
  if (typeof text !== 'string') return null;
  const answer = answerSchema.parse(JSON.parse(text));
  const status = answer.p.s ?? 200;
  const error = errorSchema.safeParse(answer.p.b);
  const outcome = status < 400 ? 'answered' : error.success ? error.data.json.data.code : null;
  return {
    id: answer.i,
    isFirst: answer.t === undefined,
    outcome,
    isStream: JSON.stringify(answer.p.h ?? '').includes('event-stream'),
  };
}

const within = async (limitMs: number, work: Promise<void>): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), limitMs);
  const isDone = await Promise.race([work.then(() => true), promise]);
  clearTimeout(timer);
  return isDone;
};

/** Waits for the answer of `id`, or for the end of the line. */
async function outcomeOf(
  line: PageEnd,
  id: string | null,
): Promise<{ readonly outcome: string | null; readonly isStream: boolean }> {
  for (let read = 0; ;) {
    for (; read < line.received.length; read += 1) {
      const answer = readAnswer(line.received[read]);
      if (answer === null) return { outcome: null, isStream: false };
      if (answer.isFirst && answer.id === id) return answer;
    }
    if (line.isClosed) return { outcome: 'line ended', isStream: false };
    await line.next();
  }
}

/** Sends one message over a line or a channel, and notes what came of it. */
async function tryOne(
  door: FakePageDoor,
  line: PageEnd,
  call: FuzzedCall,
  random: Random,
  tally: FuzzTally,
): Promise<void> {
  const id = Math.floor(random() * 2 ** 40).toString(36);
  const { message, id: waited } = messageFor(call, id, random);
  line.received.length = 0;
  line.post(message);
  let found: { outcome: string | null; isStream: boolean } = { outcome: null, isStream: false };
  // Longer than the wait that a wrong passphrase costs at most.
  const isAnswered = await within(
    40_000,
    outcomeOf(line, waited).then((answer) => void (found = answer)),
  );
  const outcome = isAnswered ? found.outcome : null;
  if (outcome === null)
    tally.failures.push(`${call.path}: ${isAnswered ? 'untyped' : 'no answer'} to ${String(message).slice(0, 300)}`);
  if (outcome === 'app/unexpected')
    tally.failures.push(`${call.path}: unexpected ${String(line.received[0])} to ${String(message).slice(0, 300)}`);
  if (waited === null && outcome !== 'line ended')
    tally.failures.push(`${call.path}: went on after ${String(message).slice(0, 300)}`);
  if (found.isStream && waited !== null) line.post(JSON.stringify({ i: waited, t: 4 }));
  tally.outcomes.set(outcome ?? 'none', (tally.outcomes.get(outcome ?? 'none') ?? 0) + 1);
  tally.calls.add(call.path);
  door.timeMs += 10;
}

const ticketAnswer = z.union([
  z.object({ error: appErrorDataSchema }),
  z.object({ ticket: z.string() }),
  z.string(),
  z.undefined(),
]);

async function tryChannel(door: FakePageDoor, random: Random, tally: FuzzTally): Promise<void> {
  const channel = pick(
    random,
    pageChannels.filter((name) => name !== 'sotto-connect'),
  );
  const frame = pick(random, [
    door.contents.mainFrame,
    null,
    { url: 'app://sotto/' },
    { url: 'https://evil.example/' },
  ]);
  const messages = Array.from({ length: Math.floor(random() * 3) }, () => pick(random, oddValues));
  const answer = ticketAnswer.safeParse(await door.send(channel, messages, frame));
  const outcome =
    answer.success && typeof answer.data === 'object' && 'error' in answer.data ? answer.data.error.code : null;
  if (outcome === null) tally.failures.push(`${channel}: untyped to ${JSON.stringify(messages).slice(0, 300)}`);
  tally.outcomes.set(outcome ?? 'none', (tally.outcomes.get(outcome ?? 'none') ?? 0) + 1);
  tally.calls.add(channel);
  door.timeMs += 10;
}

const shared: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Promise.prototype,
  Map.prototype,
];
const ownNames = (): string => JSON.stringify(shared.map((prototype) => Reflect.ownKeys(prototype).map(String)));

/** Sends `rounds` messages, every procedure and channel in turn, and looks for anything that a prototype gained. */
export async function fuzzPages(door: FakePageDoor, rounds: number, random: Random): Promise<FuzzTally> {
  const tally: FuzzTally = { outcomes: new Map(), failures: [], calls: new Set() };
  const calls = listCalls();
  const namesBefore = ownNames();
  let line = await door.connect();
  for (let round = 0; round < rounds; round += 1) {
    const call = calls[round % (calls.length + 2)];
    if (call === undefined) await tryChannel(door, random, tally);
    else await tryOne(door, line, call, random, tally);
    if (line.isClosed) line = await door.connect();
  }
  if (ownNames() !== namesBefore || 'polluted' in {}) tally.failures.push('A prototype has gained a name');
  line.close();
  return tally;
}
