import { malformed } from './gguf-error.ts';
import type { HeaderWindow } from './header-window.ts';
import { valueSizes, valueTypes } from './value-types.ts';

/** One value of the header. Arrays are checked and passed over: only their type and length are kept. */
export type MetadataValue =
  | { readonly kind: 'number'; readonly type: number; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** Null for a text that is too long to be of use. */
  | { readonly kind: 'string'; readonly value: string | null }
  | { readonly kind: 'array'; readonly elementType: number; readonly length: number };

/** By key, in the order of the file. */
export type Metadata = ReadonlyMap<string, MetadataValue>;

/** Bytes of a key, as the specification has it. */
const keyLimitBytes = 65_535;
/** Longer strings are passed over; a chat template of 1 MiB is no template. */
const keptStringBytes = 64 * 1024;
const templateLimitBytes = 1024 * 1024;
const templateKey = 'tokenizer.chat_template';
/** Elements of an array; the largest vocabularies have some 300,000. */
const arrayLimit = 16 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The length of a string or array, which may not be longer than the whole file. */
function plausible(length: number, elementBytes: number, window: HeaderWindow, reason: string): number {
  if (length * elementBytes > window.sizeBytes) throw malformed(reason, { length });
  return length;
}

async function readKey(window: HeaderWindow): Promise<string> {
  await window.need(8);
  const length = plausible(window.u64(), 1, window, 'key-past-end');
  if (length === 0) throw malformed('key-empty');
  if (length > keyLimitBytes) throw malformed('key-length', { length });
  await window.need(length);
  try {
    const key = utf8.decode(window.bytes(length));
    if (!key.includes('\0')) return key;
  } catch {
    // Refused below, like a key with a zero byte in it.
  }
  throw malformed('key-encoding');
}

async function readString(window: HeaderWindow, key: string): Promise<MetadataValue> {
  await window.need(8);
  const length = plausible(window.u64(), 1, window, 'string-past-end');
  if (key === templateKey && length > templateLimitBytes) throw malformed('chat-template-length', { length });
  if (length > keptStringBytes && key !== templateKey) {
    window.skip(length);
    return { kind: 'string', value: null };
  }
  await window.need(length);
  return { kind: 'string', value: window.bytes(length).toString('utf8') };
}

async function skipStrings(window: HeaderWindow, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    if (!window.has(8)) await window.need(8);
    window.skip(plausible(window.u64(), 1, window, 'string-past-end'));
  }
}

async function readArray(window: HeaderWindow): Promise<MetadataValue> {
  await window.need(12);
  const elementType = window.u32();
  const count = window.u64();
  if (elementType === valueTypes.array) throw malformed('nested-array');
  const elementBytes = elementType === valueTypes.string ? 8 : valueSizes[elementType];
  if (elementBytes === undefined) throw malformed('array-type', { type: elementType });
  if (count > arrayLimit) throw malformed('array-length', { length: count });
  plausible(count, elementBytes, window, 'array-past-end');
  if (elementType === valueTypes.string) await skipStrings(window, count);
  else window.skip(count * elementBytes);
  return { kind: 'array', elementType, length: count };
}

function readNumber(bytes: Buffer, type: number): number {
  switch (type) {
    case valueTypes.u8:
      return bytes.readUInt8();
    case valueTypes.i8:
      return bytes.readInt8();
    case valueTypes.u16:
      return bytes.readUInt16LE();
    case valueTypes.i16:
      return bytes.readInt16LE();
    case valueTypes.u32:
      return bytes.readUInt32LE();
    case valueTypes.i32:
      return bytes.readInt32LE();
    case valueTypes.f32:
      return bytes.readFloatLE();
    case valueTypes.u64:
      return Number(bytes.readBigUInt64LE());
    case valueTypes.i64:
      return Number(bytes.readBigInt64LE());
    default:
      return bytes.readDoubleLE();
  }
}

async function readValue(window: HeaderWindow, key: string): Promise<MetadataValue> {
  await window.need(4);
  const type = window.u32();
  if (type === valueTypes.string) return readString(window, key);
  if (type === valueTypes.array) return readArray(window);
  const size = valueSizes[type];
  if (size === undefined) throw malformed('value-type', { type });
  await window.need(size);
  const bytes = window.bytes(size);
  if (type !== valueTypes.bool) return { kind: 'number', type, value: readNumber(bytes, type) };
  const flag = bytes.readUInt8();
  if (flag > 1) throw malformed('bool-value', { value: flag });
  return { kind: 'bool', value: flag === 1 };
}

/** Reads `count` keys with their values. Throws `model/malformed` and `model/truncated`. */
export async function readMetadata(window: HeaderWindow, count: number): Promise<Metadata> {
  const metadata = new Map<string, MetadataValue>();
  for (let index = 0; index < count; index += 1) {
    const key = await readKey(window);
    if (metadata.has(key)) throw malformed('duplicate-key', { key: key.slice(0, 100) });
    metadata.set(key, await readValue(window, key));
  }
  return metadata;
}
