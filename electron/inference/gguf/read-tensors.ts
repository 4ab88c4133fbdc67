import { malformed, truncated, unsupported } from './gguf-error.ts';
import type { HeaderWindow } from './header-window.ts';
import { TensorTally } from './tensor-tally.ts';
import { removedTensorTypes, tensorBlocks } from './tensor-types.ts';

/** What the description and its checks want of the tensors. */
export type TensorSummary = {
  readonly parameterCount: number;
  /** Dimensions of the tensor with the embedding of each token; null when there is none. */
  readonly tokenEmbedding: readonly number[] | null;
  readonly tally: TensorTally;
};

type Tensor = {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: number;
  readonly sizeBytes: number;
};

/** llama.cpp keeps names in 64 bytes with a zero at their end. */
const nameLimitBytes = 63;
const dimensionLimit = 4;
/** Of one dimension. */
const lengthLimit = 2 ** 31;
/** 16 TiB: no file of tensors is larger. */
const dataLimitBytes = 2 ** 44;

const aligned = (bytes: number, alignment: number): number => Math.ceil(bytes / alignment) * alignment;

async function readName(window: HeaderWindow): Promise<string> {
  await window.need(8);
  const length = window.u64();
  if (length === 0) throw malformed('tensor-name-empty');
  if (length > nameLimitBytes) throw malformed('tensor-name-length', { length });
  await window.need(length);
  return window.bytes(length).toString('latin1');
}

async function readDimensions(window: HeaderWindow, name: string): Promise<readonly number[]> {
  await window.need(4);
  const count = window.u32();
  if (count === 0 || count > dimensionLimit) throw malformed('dimension-count', { tensor: name, count });
  await window.need(count * 8);
  const dimensions = Array.from({ length: count }, () => window.u64());
  for (const length of dimensions) {
    if (length === 0) throw malformed('dimension-zero', { tensor: name });
    if (length > lengthLimit) throw malformed('dimension-length', { tensor: name, length });
  }
  return dimensions;
}

function measure(name: string, dimensions: readonly number[], type: number): number {
  const block = tensorBlocks.get(type);
  if (block === undefined) {
    if (type > 255) throw malformed('tensor-type', { tensor: name, type });
    throw unsupported(removedTensorTypes.has(type) ? 'tensor-type-removed' : 'tensor-type-unknown', {
      tensor: name,
      type,
    });
  }
  const [row = 0] = dimensions;
  if (row % block.values !== 0) throw malformed('block-size', { tensor: name, row, blockValues: block.values });
  const values = dimensions.reduce((product, length) => product * length, 1);
  const sizeBytes = (values / block.values) * block.bytes;
  if (values > Number.MAX_SAFE_INTEGER || sizeBytes > dataLimitBytes) throw malformed('tensor-size', { tensor: name });
  return sizeBytes;
}

function checkOffset(name: string, offset: number, expected: number, alignment: number): void {
  if (offset % alignment !== 0) throw malformed('offset-alignment', { tensor: name, offset, alignment });
  if (offset < expected) throw malformed('tensor-overlap', { tensor: name, offset, expected });
  // llama.cpp reads tensors only where each begins right after the one before it.
  if (offset > expected) throw malformed('tensor-gap', { tensor: name, offset, expected });
}

async function readTensor(window: HeaderWindow, expected: number, alignment: number): Promise<Tensor> {
  const name = await readName(window);
  const dimensions = await readDimensions(window, name);
  await window.need(12);
  const type = window.u32();
  const sizeBytes = measure(name, dimensions, type);
  checkOffset(name, window.u64(), expected, alignment);
  return { name, dimensions, type, sizeBytes };
}

/**
 * Reads `count` tensor entries and checks that their data lies in the file, without reading it. `tally` also counts them;
 * the parts of a split model share one.
 */
export async function readTensors(
  window: HeaderWindow,
  count: number,
  alignment: number,
  tally = new TensorTally(),
): Promise<TensorSummary> {
  const names = new Set<string>();
  let dataBytes = 0;
  // Without the padding after the last tensor, which many files leave out.
  let endBytes = 0;
  let parameterCount = 0;
  let tokenEmbedding: readonly number[] | null = null;
  for (let index = 0; index < count; index += 1) {
    const tensor = await readTensor(window, dataBytes, alignment);
    const { name, dimensions, sizeBytes } = tensor;
    if (names.has(name)) throw malformed('duplicate-tensor', { tensor: name });
    names.add(name);
    tally.add(tensor);
    endBytes = dataBytes + sizeBytes;
    dataBytes = aligned(endBytes, alignment);
    if (dataBytes > dataLimitBytes) throw malformed('tensor-size', { tensor: name });
    parameterCount += dimensions.reduce((product, length) => product * length, 1);
    if (name === 'token_embd.weight') tokenEmbedding = dimensions;
  }
  const expectedBytes = aligned(window.position, alignment) + endBytes;
  if (window.sizeBytes < expectedBytes) throw truncated(expectedBytes, window.sizeBytes);
  return { parameterCount, tokenEmbedding, tally };
}
