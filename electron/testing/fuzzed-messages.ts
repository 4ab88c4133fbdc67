import { z } from 'zod';
import { router } from '../api/router.ts';

/** From 0 (included) to 1 (excluded). */
export type Random = () => number;

/** A procedure of the contract, with what its input may be, as JSON schema; null for one without input. */
export type FuzzedCall = { readonly path: string; readonly input: JsonSchema | null };

type JsonSchema = { readonly [key: string]: unknown };

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

/** One of some. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

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
/** What a careless reader stumbles over. */
export const oddValues: readonly unknown[] = [
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
  // As a promise has it.
  JSON.parse('{"then":1}'),
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
export function messageFor(
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
