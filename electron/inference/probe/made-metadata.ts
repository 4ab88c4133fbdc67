import type { MadeModelShape } from './made-model-shape.ts';
import { valueTypes } from '../gguf/value-types.ts';

/** Letters come first, because they are the only tokens that a made model says. */
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
/** Tokens of the vocabulary that a made model says, from the first on. */
export const writableTokens = letters.length;

const marks = ['<|im_start|>', '<|im_end|>', '<|endoftext|>'] as const;
const template = [
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content']",
  "+ '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
].join(' ');

/** Characters that stand for the 256 bytes in a byte-level vocabulary: printable ones for themselves, the others shifted by 256. */
function byteCharacters(): readonly string[] {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let shifted = 0;
  return Array.from({ length: 256 }, (_, byte) => {
    if (isPrintable(byte)) return String.fromCodePoint(byte);
    shifted += 1;
    return String.fromCodePoint(255 + shifted);
  });
}

function baseVocabulary(): readonly string[] {
  const isLetter = new Set(letters);
  return [...letters, ...byteCharacters().filter((character) => !isLetter.has(character)), ...marks];
}

/** Tokens that every made model has; more are filled up with words that no text has. */
export const madeVocabularySize = 256 + marks.length;

/** A text of so many characters, each of which is one token of a made model. */
export function sampleText(length: number): string {
  return Array.from({ length }, (_, index) => letters[(index * 7 + (index >> 3)) % letters.length] ?? 'a').join('');
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const string = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};

type Entry = readonly [key: string, type: number, value: Buffer];
const text = (key: string, value: string): Entry => [key, valueTypes.string, string(value)];
const count = (key: string, value: number): Entry => [key, valueTypes.u32, u32(value)];
const list = (key: string, elementType: number, elements: readonly Buffer[]): Entry => [
  key,
  valueTypes.array,
  Buffer.concat([u32(elementType), u64(elements.length), ...elements]),
];

/** The keys of a made model, written out, and how many they are. */
export function makeMetadata(shape: MadeModelShape): { readonly keyCount: number; readonly bytes: Buffer } {
  const base = baseVocabulary();
  const vocabulary = Array.from({ length: shape.vocabulary }, (_, index) => base[index] ?? `<unused${index}>`);
  const special = new Set<string>(marks);
  // 1 is a usual token, 3 a mark, as the specification numbers them.
  const kinds = vocabulary.map((token) => u32(special.has(token) ? 3 : 1));
  const entries: readonly Entry[] = [
    text('general.architecture', 'llama'),
    text('general.name', 'Made for measuring'),
    count('llama.context_length', shape.contextLength),
    count('llama.embedding_length', shape.width),
    count('llama.block_count', shape.blocks),
    count('llama.feed_forward_length', shape.feedForward),
    count('llama.attention.head_count', shape.heads),
    count('llama.attention.head_count_kv', shape.keyValueHeads),
    count('llama.rope.dimension_count', shape.width / shape.heads),
    ['llama.attention.layer_norm_rms_epsilon', valueTypes.f32, float(1e-5)],
    text('tokenizer.ggml.model', 'gpt2'),
    text('tokenizer.ggml.pre', 'gpt-2'),
    list('tokenizer.ggml.tokens', valueTypes.string, vocabulary.map(string)),
    list('tokenizer.ggml.token_type', valueTypes.i32, kinds),
    list('tokenizer.ggml.merges', valueTypes.string, [string('a b')]),
    count('tokenizer.ggml.bos_token_id', base.indexOf('<|im_start|>')),
    count('tokenizer.ggml.eos_token_id', base.indexOf('<|im_end|>')),
    count('tokenizer.ggml.padding_token_id', base.indexOf('<|endoftext|>')),
    text('tokenizer.chat_template', template),
  ];
  const bytes = Buffer.concat(entries.map(([key, type, value]) => Buffer.concat([string(key), u32(type), value])));
  return { keyCount: entries.length, bytes };
}
