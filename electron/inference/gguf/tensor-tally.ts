/** One tensor of a file, as its entry in the header has it. */
export type TalliedTensor = {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** Number of its type in the format. */
  readonly type: number;
  readonly sizeBytes: number;
};

/** Bytes and values of tensors of one type. */
type Sum = { bytes: number; values: number };

/** Queries, keys and values in one matrix, of a block without a state of its own kind. */
type FusedAttention = { rows: number; hasState: boolean };

const blockName = /^blk\.(\d{1,3})\.(.+)$/;
/** Keys of plain attention and of compressed ones, and values. */
const keyOrValue = /^attn_(k|v|kv_a_mqa)\.weight$/;
/** Matrices of experts, of which each token goes through a few. */
const ofExperts = /_exps\./;
/** What a token is looked up in, without computing. */
const lookedUp = /^(token_embd|per_layer_token_embd|position_embd|token_types|rope_.*|token_embd_norm)\./;

function addTo(sums: Map<number, Sum>, { type, sizeBytes, dimensions }: TalliedTensor): void {
  const sum = sums.get(type) ?? { bytes: 0, values: 0 };
  sum.bytes += sizeBytes;
  sum.values += dimensions.reduce((product, length) => product * length, 1);
  sums.set(type, sum);
}

/** Counts the tensors of a model while its header is read, without keeping them. */
export class TensorTally {
  readonly #computed = new Map<number, Sum>();
  readonly #experts = new Map<number, Sum>();
  readonly #blocks = new Map<string, FusedAttention>();
  #tensorBytes = 0;
  #keyValueRows = 0;
  #widestLength = 0;
  #embedding: TalliedTensor | null = null;
  #hasOutput = false;

  /** Counts one. */
  add(tensor: TalliedTensor): void {
    const { name, dimensions, sizeBytes } = tensor;
    this.#tensorBytes += sizeBytes;
    if (name === 'token_embd.weight') this.#embedding = tensor;
    if (name === 'output.weight') this.#hasOutput = true;
    if (!lookedUp.test(name)) addTo(ofExperts.test(name) ? this.#experts : this.#computed, tensor);
    const [, block, part] = blockName.exec(name) ?? [];
    if (block === undefined || part === undefined) return;
    const rows = dimensions[1] ?? 0;
    this.#widestLength = Math.max(this.#widestLength, rows);
    if (keyOrValue.test(part)) this.#keyValueRows += rows;
    const fused = this.#blocks.get(block) ?? { rows: 0, hasState: false };
    if (part === 'attn_qkv.weight') fused.rows = rows;
    if (part.startsWith('ssm_')) fused.hasState = true;
    this.#blocks.set(block, fused);
  }

  get tensorBytes(): number {
    return this.#tensorBytes;
  }

  get widestLength(): number {
    return this.#widestLength;
  }

  /** False where the output is computed with the embedding of the tokens. */
  get hasOutput(): boolean {
    return this.#hasOutput;
  }

  /** Keys and values of all blocks for one token; `queryLength` is what fused matrices have beside them. */
  keyValueLength(queryLength: number): number {
    let fusedRows = 0;
    for (const { rows, hasState } of this.#blocks.values()) {
      if (!hasState) fusedRows += Math.max(0, rows - queryLength);
    }
    return this.#keyValueRows + fusedRows;
  }

  /** Weights that a token goes through by type, `expertShare` of those of experts, and the embedding when it is the output too. */
  perToken(expertShare: number, hasSharedEmbedding: boolean): readonly ({ readonly type: number } & Readonly<Sum>)[] {
    const sums = new Map([...this.#computed].map(([type, sum]) => [type, { ...sum }]));
    for (const [type, { bytes, values }] of this.#experts) {
      const sum = sums.get(type) ?? { bytes: 0, values: 0 };
      sums.set(type, { bytes: sum.bytes + bytes * expertShare, values: sum.values + values * expertShare });
    }
    if (hasSharedEmbedding && this.#embedding !== null) addTo(sums, this.#embedding);
    return [...sums].map(([type, sum]) => ({ type, ...sum }));
  }
}
