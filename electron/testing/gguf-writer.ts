/** A value of a GGUF header, or anything that a damaged file may have in its place. */
export type GgufValue = { readonly type: number; readonly bytes: Buffer };

/** Writes whatever it is told to, sound or not. */
export type GgufTensor = {
  readonly name: string;
  readonly dimensions: readonly (number | bigint)[];
  readonly type: number;
  /** Computed for F32 and Q8_0 when left out. */
  readonly offset?: number | bigint;
};

/** What a file consists of. */
export type GgufContent = {
  readonly magic: string;
  readonly version: number;
  /** As counted, unless a damaged file says otherwise. */
  readonly tensorCount?: bigint;
  readonly keyCount?: bigint;
  readonly entries: readonly (readonly [key: string, value: GgufValue])[];
  readonly tensors: readonly GgufTensor[];
  readonly alignment: number;
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const fixed = (size: number, write: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.alloc(size);
  write(bytes);
  return bytes;
};

/** Values by their type. `raw` takes any type and bytes. */
export const gguf = {
  u32: (value: number): GgufValue => ({ type: 4, bytes: u32(value) }),
  i32: (value: number): GgufValue => ({ type: 5, bytes: fixed(4, (bytes) => bytes.writeInt32LE(value)) }),
  u64: (value: number | bigint): GgufValue => ({ type: 10, bytes: u64(value) }),
  f32: (value: number): GgufValue => ({ type: 6, bytes: fixed(4, (bytes) => bytes.writeFloatLE(value)) }),
  bool: (value: number): GgufValue => ({ type: 7, bytes: Buffer.from([value]) }),
  text: (value: string): GgufValue => ({ type: 8, bytes: text(value) }),
  textOfLength: (length: number | bigint, bytes = Buffer.alloc(0)): GgufValue => ({
    type: 8,
    bytes: Buffer.concat([u64(length), bytes]),
  }),
  array: (elements: readonly GgufValue[], elementType = elements[0]?.type ?? 4): GgufValue => ({
    type: 9,
    bytes: Buffer.concat([u32(elementType), u64(elements.length), ...elements.map(({ bytes }) => bytes)]),
  }),
  arrayOfLength: (elementType: number, length: number | bigint): GgufValue => ({
    type: 9,
    bytes: Buffer.concat([u32(elementType), u64(length)]),
  }),
  raw: (type: number, bytes = Buffer.alloc(0)): GgufValue => ({ type, bytes }),
} as const;

const sizeOf = ({ dimensions, type }: GgufTensor): number => {
  const values = dimensions.reduce<number>((product, length) => product * Number(length), 1);
  return type === 8 ? (values / 32) * 34 : values * 4;
};
const aligned = (bytes: number, alignment: number): number => Math.ceil(bytes / alignment) * alignment;

/** The smallest sound chat model: four tokens, one block. Give what shall be otherwise. */
export function soundGguf(change: Partial<GgufContent> = {}): GgufContent {
  return {
    magic: 'GGUF',
    version: 3,
    alignment: 32,
    entries: [
      ['general.architecture', gguf.text('llama')],
      ['general.name', gguf.text('Tiny')],
      ['general.license', gguf.text('apache-2.0')],
      ['general.file_type', gguf.u32(7)],
      ['llama.context_length', gguf.u32(2_048)],
      ['llama.embedding_length', gguf.u32(32)],
      ['llama.block_count', gguf.u32(1)],
      ['llama.attention.head_count', gguf.u32(4)],
      ['tokenizer.ggml.model', gguf.text('gpt2')],
      ['tokenizer.ggml.tokens', gguf.array(['<s>', '</s>', 'a', 'b'].map(gguf.text))],
      ['tokenizer.ggml.scores', gguf.array([0, 0, 0, 0].map(gguf.f32))],
      ['tokenizer.ggml.token_type', gguf.array([3, 3, 1, 1].map(gguf.i32))],
      ['tokenizer.chat_template', gguf.text('{{ messages }}')],
    ],
    tensors: [
      { name: 'token_embd.weight', dimensions: [32, 4], type: 0 },
      { name: 'output_norm.weight', dimensions: [32], type: 0 },
      { name: 'blk.0.attn_q.weight', dimensions: [32, 32], type: 8 },
    ],
    ...change,
  };
}

/** The entries of `content` with one replaced, added, or (null) left out. */
export function withEntry(key: string, value: GgufValue | null, content = soundGguf()): GgufContent {
  const others = content.entries.filter(([name]) => name !== key);
  return { ...content, entries: value === null ? others : [...others, [key, value]] };
}

/** The file, its tensors' data being zeros. */
export function writeGguf(content: GgufContent): Buffer {
  const { magic, version, entries, tensors, alignment } = content;
  let dataBytes = 0;
  const tensorEntries = tensors.map((tensor) => {
    const offset = tensor.offset ?? dataBytes;
    dataBytes = aligned(dataBytes + sizeOf(tensor), alignment);
    const dimensions = Buffer.concat(tensor.dimensions.map(u64));
    return Buffer.concat([text(tensor.name), u32(tensor.dimensions.length), dimensions, u32(tensor.type), u64(offset)]);
  });
  const header = Buffer.concat([
    Buffer.from(magic, 'latin1'),
    u32(version),
    u64(content.tensorCount ?? tensors.length),
    u64(content.keyCount ?? entries.length),
    ...entries.map(([key, { type, bytes }]) => Buffer.concat([text(key), u32(type), bytes])),
    ...tensorEntries,
  ]);
  // A damaged size may be anything; no test needs more data than this.
  const padded = aligned(header.length, alignment) + Math.min(Math.max(0, dataBytes || 0), 1_048_576);
  return Buffer.concat([header], padded);
}
