import { z } from 'zod';
import { router } from '../api/router.ts';
import { appErrorDataSchema } from '../shared/app-error.ts';
import { pageChannels } from '../guards/page-message.ts';
import type { FakePageDoor, PageEnd } from './fake-page.ts';

type Random = () => number;

/** A procedure of the contract, with what its input may be, as JSON schema; null for one without input. */
export type FuzzedCall = { readonly path: string; readonly input: JsonSchema | null };

type JsonSchema = { readonly [key: string]: unknown };

/** What came of a run. */
export type FuzzTally = {
  readonly outcomes: Map<string, number>;
  /** Words for each message that was not answered as it must be. */
  readonly failures: string[];
  readonly calls: Set<string>;
};

/** Every procedure of the router, found by walking it, so that a new one is fuzzed from its first day. */
export function listCalls(node: unknown = router, path = ''): FuzzedCall[] {
  if (typeof node !== 'object' || node === null) return [];
  const definition = (node as Record<string, unknown>)['~orpc'] as { inputSchema?: z.ZodType } | undefined; // oRPC's own mark
  if (definition === undefined)
    return Object.entries(node).flatMap(([name, inner]) => listCalls(inner, `${path}/${name}`));
  const { inputSchema } = definition;
  const input = inputSchema
    ? (z.toJSONSchema(inputSchema, { unrepresentable: 'any', io: 'input' }) as JsonSchema)
    : null;
  return [{ path, input }];
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

const oddTexts = [
  '',
  ' ',
  '\0',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  'file:///etc/passwd',
  '\u202e',
  '\ud800',
  "' or 1=1 --",
  '%00',
  '${7*7}',
  '<script>',
  'a'.repeat(3_000),
  'NaN',
  '1e999',
  '2026-99-99',
  'app://sotto/',
  'sotto://x',
];
const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  -0,
  0.1,
  2 ** 53,
  '',
  [],
  {},
  [[]],
  [null],
  { length: -1 },
  { then: 1 },
  { toJSON: 1 },
  { constructor: { prototype: { polluted: 1 } } },
  { hasOwnProperty: 1 },
  ...oddTexts,
];

/** A value that the schema may well take. Depth is bounded by the schemas' own. */
function valueFor(schema: JsonSchema, random: Random, root: JsonSchema = schema): unknown {
  const any = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  if (any) return valueFor(pick(random, any), random, root);
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1) ?? '';
    return valueFor(((root['$defs'] ?? {}) as Record<string, JsonSchema>)[name] ?? {}, random, root);
  }
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return pick(random, schema['enum'] as unknown[]);
  switch (schema['type']) {
    case 'object': {
      const required = (schema['required'] ?? []) as string[];
      const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
      const kept = properties.filter(([name]) => required.includes(name) || random() < 0.5);
      return Object.fromEntries(kept.map(([name, inner]) => [name, valueFor(inner, random, root)]));
    }
    case 'array':
      return Array.from({ length: Math.floor(random() * 3) }, () =>
        valueFor((schema['items'] ?? {}) as JsonSchema, random, root),
      );
    case 'string':
      return schema['format'] === 'uuid'
        ? `0190c1d2-${hex(random)}-7${hex(random).slice(1)}-8${hex(random).slice(1)}-${hex(random)}${hex(random)}${hex(random)}`
        : pick(random, ['a', 'Word', ...oddTexts]);
    case 'integer':
    case 'number':
      return Math.floor(random() * 10);
    case 'boolean':
      return random() < 0.5;
    default:
      return pick(random, oddValues);
  }
}

const hex = (random: Random): string =>
  Math.floor(random() * 65_536)
    .toString(16)
    .padStart(4, '0');

/** Changes a value somewhere: another kind, an extra name, something missing. */
function mutate(value: unknown, random: Random): unknown {
  if (random() < 0.3 || typeof value !== 'object' || value === null) return pick(random, oddValues);
  if (Array.isArray(value))
    return random() < 0.5
      ? [...value, pick(random, oddValues)]
      : value.map((item: unknown) => (random() < 0.5 ? mutate(item, random) : item));
  const entries = Object.entries(value);
  const at = Math.floor(random() * entries.length);
  if (random() < 0.3)
    return Object.fromEntries([
      ...entries,
      [pick(random, ['extra', 'constructor', 'toString', '']), pick(random, oddValues)],
    ]);
  if (random() < 0.3) return Object.fromEntries(entries.filter((_, index) => index !== at));
  return Object.fromEntries(entries.map(([key, inner], index) => [key, index === at ? mutate(inner, random) : inner]));
}

/** These may end what the fuzz runs on, or measure the machine for a minute; they get every wrong input and no right one. */
const keptFromRight = /^\/(access\/|machine\/probe$)/;

/** One message on a line, and the id by which an answer is waited for; null where none can come. */
function messageFor(
  call: FuzzedCall,
  id: string,
  random: Random,
): { readonly message: unknown; readonly id: string | null } {
  const right = call.input === null ? undefined : valueFor(call.input, random);
  const isWrong = keptFromRight.test(call.path) || random() < 0.6;
  const json = isWrong ? mutate(right, random) : right;
  const envelope: Record<string, unknown> = { i: id, p: { u: call.path, b: { json } } };
  const kind = keptFromRight.test(call.path) && call.input === null ? 0.9 : random();
  if (kind < 0.8) return { message: JSON.stringify(envelope), id };
  const text = JSON.stringify(envelope);
  return pick<() => { message: unknown; id: string | null }>(random, [
    () => ({ message: text.slice(0, Math.floor(random() * text.length)), id: null }),
    () => ({
      message: pick(random, [
        envelope,
        new TextEncoder().encode(text),
        null,
        1,
        [text],
        new Map([['i', id]]),
        new Date(0),
      ]),
      id: null,
    }),
    () => ({ message: `{"i":"${id}","p":{"u":"${call.path}","b":{"json":{"__proto__":{"polluted":1}}}}}`, id }),
    () => ({
      message: `{"i":"${id}","p":{"u":"${call.path}","b":{"json":{"a":{"constructor":{"prototype":{"polluted":1}}}}}}}`,
      id,
    }),
    () => ({
      message: JSON.stringify({
        i: id,
        p: {
          u: call.path,
          b: {
            json: {},
            meta: [
              [pick(random, [0, 1, 2, 3, 4, 5, 6, 7]), pick(random, ['__proto__', 'a', 'constructor']), 'polluted'],
            ],
          },
        },
      }),
      id,
    }),
    () => ({ message: JSON.stringify({ i: id, p: { u: `${call.path}/x`, b: { json } } }), id }),
    () => ({
      message: JSON.stringify({
        i: id,
        p: {
          u: pick(random, [
            '/constructor',
            '/toString',
            '/a/b/c/d/e',
            'https://x/y',
            '//x',
            '/__proto__/x',
            '',
            '/hasOwnProperty/call',
          ]),
        },
      }),
      id,
    }),
    () => ({ message: JSON.stringify({ i: id, t: pick(random, [2, 3, 5, -1, '1']), p: pick(random, oddValues) }), id }),
    () => ({ message: JSON.stringify({ ...envelope, [pick(random, ['x', 'h', 'm'])]: pick(random, oddValues) }), id }),
    () => ({
      message: JSON.stringify({
        i: id,
        p: {
          u: call.path,
          h: {
            'content-type': pick(random, [
              'multipart/form-data',
              'text/event-stream',
              'application/x-www-form-urlencoded',
            ]),
            'content-disposition': 'x',
          },
          b: 'x',
        },
      }),
      id,
    }),
    () => ({ message: JSON.stringify({ i: id, p: { u: call.path, m: pick(random, ['GET', 'PUT', 'CONNECT']) } }), id }),
    () => ({
      message: JSON.stringify({
        i: pick(
          random,
          oddValues.filter((value) => typeof value !== 'string' || !/^[\w-]{1,64}$/.test(value)),
        ),
        p: { u: call.path },
      }),
      id: null,
    }),
    () => ({
      message: `{"i":"${id}","p":{"u":"${call.path}","b":{"json":${'['.repeat(5_000)}${']'.repeat(5_000)}}}}`,
      id,
    }),
  ])();
}

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
  const isAnswered = await within(
    10_000,
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
