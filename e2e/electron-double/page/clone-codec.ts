/** Structured-clone values as JSON text, because the DevTools protocol carries only strings. For Node and the page. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every kind of view on a buffer. */
const viewTypes: readonly { readonly name: string; new (buffer: ArrayBuffer): ArrayBufferView }[] = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
];

/** Chromium converts natively; Node 24 has Buffer. */
function toBase64(bytes: Uint8Array<ArrayBuffer>): string {
  if (!('toBase64' in bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return String(Reflect.apply(bytes.toBase64 as () => string, bytes, []));
}

function fromBase64(text: string): ArrayBuffer {
  if (!('fromBase64' in Uint8Array)) return new Uint8Array(Buffer.from(text, 'base64')).buffer;
  return Reflect.apply(Uint8Array.fromBase64 as (text: string) => Uint8Array<ArrayBuffer>, Uint8Array, [text]).buffer;
}

function encodeNumber(value: number): Json {
  if (Object.is(value, -0)) return { number: '-0' };
  return Number.isFinite(value) ? value : { number: String(value) };
}

function encodeObject(value: object, encodeValue: (value: unknown) => Json): Json {
  if (Array.isArray(value)) return value.map(encodeValue);
  if (value instanceof Date) return { date: value.getTime() };
  if (value instanceof RegExp) return { regexp: [value.source, value.flags] };
  if (value instanceof Map) return { map: [...value].map((pair) => pair.map(encodeValue)) };
  if (value instanceof Set) return { set: [...value].map(encodeValue) };
  if (value instanceof Error) return { error: [value.name, value.message, value.stack ?? ''] };
  if (value instanceof ArrayBuffer) return { buffer: toBase64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return { view: [value.constructor.name, toBase64(bytes)] };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw couldNotBeCloned();
  return { object: Object.fromEntries(Object.entries(value).map(([key, held]) => [key, encodeValue(held)])) };
}

function couldNotBeCloned(): DOMException {
  return new DOMException('An object could not be cloned.', 'DataCloneError');
}

/** Encodes what `structuredClone` made, shared and circular references included. Throws on what it cannot make. */
export function encodeClone(input: unknown): string {
  const seen = new Map<object, number>();
  const encodeValue = (value: unknown): Json => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return encodeNumber(value);
    if (value === undefined) return { undefined: 0 };
    if (typeof value === 'bigint') return { bigint: String(value) };
    if (typeof value !== 'object') throw couldNotBeCloned();
    const known = seen.get(value);
    if (known !== undefined) return { seen: known };
    seen.set(value, seen.size);
    return encodeObject(value, encodeValue);
  };
  return JSON.stringify(encodeValue(input));
}

function asText(body: Json | undefined): string {
  if (typeof body !== 'string') throw new TypeError('not an encoded clone');
  return body;
}

function items(body: Json | undefined): readonly Json[] {
  if (!Array.isArray(body)) throw new TypeError('not an encoded clone');
  return body as readonly Json[]; // Array.isArray does not narrow readonly arrays
}

function decodeView(body: Json | undefined): object {
  const [name, base64] = items(body).map(String);
  const buffer = fromBase64(base64 ?? '');
  const View = viewTypes.find((known) => known.name === name) ?? Uint8Array;
  return new View(buffer); // Node's Buffer arrives as the bytes that it is, as in Electron
}

/** Makes the object for a tag. It is kept before its members are decoded, so that they can refer to it. */
function decodeTagged(
  tag: string,
  body: Json | undefined,
  keep: (value: object) => void,
  decode: (json: Json) => unknown,
): object {
  const kept = <Value extends object>(value: Value): Value => {
    keep(value);
    return value;
  };
  switch (tag) {
    case 'date':
      return kept(new Date(Number(body)));
    case 'regexp': {
      const [source, flags] = items(body).map(String);
      return kept(new RegExp(source ?? '', flags));
    }
    case 'error': {
      const [name, message, stack] = items(body).map(String);
      return kept(Object.assign(new Error(message), { name, stack }));
    }
    case 'buffer':
      return kept(fromBase64(asText(body)));
    case 'view':
      return kept(decodeView(body));
    case 'map': {
      const map = kept(new Map<unknown, unknown>());
      for (const pair of items(body)) {
        const [key = null, value = null] = items(pair);
        map.set(decode(key), decode(value));
      }
      return map;
    }
    case 'set': {
      const set = kept(new Set<unknown>());
      for (const item of items(body)) set.add(decode(item));
      return set;
    }
    default: {
      const object = kept<Record<string, unknown>>({});
      for (const [key, value] of Object.entries(body ?? {})) object[key] = decode(value);
      return object;
    }
  }
}

/** Reverses `encodeClone`. */
export function decodeClone(text: string): unknown {
  const seen: object[] = [];
  const decode = (json: Json): unknown => {
    if (json === null || typeof json !== 'object') return json;
    if (Array.isArray(json)) {
      const list: unknown[] = [];
      seen.push(list);
      for (const item of json as readonly Json[]) list.push(decode(item)); // Array.isArray does not narrow
      return list;
    }
    const [tag, body] = Object.entries(json)[0] ?? ['object'];
    if (tag === 'number') return Number(body);
    if (tag === 'undefined') return undefined;
    if (tag === 'bigint') return BigInt(asText(body));
    if (tag === 'seen') return seen[Number(body)];
    return decodeTagged(tag, body, (value) => seen.push(value), decode);
  };
  return decode(JSON.parse(text) as Json); // JSON.parse returns nothing else
}
