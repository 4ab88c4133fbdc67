import { AppError } from '../../shared/app-error.ts';
import type { AppErrorData } from '../../shared/app-error.ts';
import { collectionFileLimit } from '../../shared/library.ts';
import type { StoredFile } from '../../storage/storage.ts';
import { comparePaths } from './path-order.ts';
import type { WalkedFile } from './walk-folder.ts';

/** A known file that is now to be read, or now left out, though its bytes seem the same. */
export type ReconsideredFile = { readonly file: StoredFile; readonly skipped: AppErrorData | null };

/** What a walk found to be other than what is stored. */
export type Comparison = {
  readonly added: readonly WalkedFile[];
  readonly changed: readonly WalkedFile[];
  readonly removed: readonly StoredFile[];
  readonly reconsidered: readonly ReconsideredFile[];
};

/** Both sides, each in the order of `comparePaths`, in slices. */
export type Sides = {
  readonly found: AsyncIterable<readonly WalkedFile[]>;
  readonly stored: AsyncIterable<readonly StoredFile[]>;
  /** Files of the collection that are not left out, before the walk. */
  readonly admitted: number;
  /** Default `collectionFileLimit`. */
  readonly limit?: number;
};

/** One side as a row of single files, the next of which can be looked at. */
class Row<File> {
  readonly #slices: AsyncIterator<readonly File[]>;
  #slice: readonly File[] = [];
  #index = 0;

  constructor(slices: AsyncIterable<readonly File[]>) {
    this.#slices = slices[Symbol.asyncIterator]();
  }

  async peek(): Promise<File | null> {
    while (this.#index >= this.#slice.length) {
      const next = await this.#slices.next();
      if (next.done === true) return null;
      this.#slice = next.value;
      this.#index = 0;
    }
    return this.#slice[this.#index] ?? null;
  }

  advance(): void {
    this.#index += 1;
  }

  async end(): Promise<void> {
    await this.#slices.return?.();
  }
}

const overLimit = (limit: number): AppErrorData =>
  new AppError('library/file-limit', 'The collection has as many files as it may.', { limit }).toData();

/** Collects differences and counts what the collection holds. */
class Comparing {
  readonly added: WalkedFile[] = [];
  readonly changed: WalkedFile[] = [];
  readonly removed: StoredFile[] = [];
  readonly reconsidered: ReconsideredFile[] = [];
  readonly #limit: number;
  #admitted: number;
  #closedFolder: string | null = null;

  constructor(admitted: number, limit: number) {
    this.#admitted = admitted;
    this.#limit = limit;
  }

  noteFound({ path, isClosedFolder }: WalkedFile): void {
    if (isClosedFolder) this.#closedFolder = path;
  }

  add(found: WalkedFile): void {
    this.added.push(this.#admit(found));
  }

  remove(stored: StoredFile): void {
    // Nothing is known of what lies in a folder that does not open, so nothing there is taken for deleted.
    if (this.#closedFolder !== null && stored.path.startsWith(this.#closedFolder)) return;
    if (stored.status !== 'skipped') this.#admitted -= 1;
    this.removed.push(stored);
  }

  meet(found: WalkedFile, stored: StoredFile): void {
    const wasSkipped = stored.status === 'skipped';
    const isSame = found.sizeBytes === stored.sizeBytes && found.modifiedAt === stored.modifiedAt;
    // What was read before it was left out is left out for its bytes; without a hash it was for what a walk can see.
    const staysOut = isSame && wasSkipped && stored.hash !== null && found.skipped === null;
    if (staysOut) return;
    const now = wasSkipped ? this.#admit(found) : found;
    if (!wasSkipped && now.skipped !== null) this.#admitted -= 1;
    // Its document was removed by other means than the file's.
    const isBereft = stored.documentId === null && (stored.status === 'ready' || stored.status === 'indexing');
    if (!isSame) this.changed.push(now);
    else if (isBereft || (now.skipped?.code ?? null) !== (wasSkipped ? (stored.error?.code ?? null) : null)) {
      this.reconsidered.push({ file: stored, skipped: now.skipped });
    }
  }

  #admit(found: WalkedFile): WalkedFile {
    if (found.skipped !== null) return found;
    if (this.#admitted >= this.#limit) return { ...found, skipped: overLimit(this.#limit) };
    this.#admitted += 1;
    return found;
  }
}

/** What is to be changed in the database so that it tells what lies on the disk. Reads each side once, slice by slice. */
export async function compareFiles(sides: Sides): Promise<Comparison> {
  const found = new Row(sides.found);
  const stored = new Row(sides.stored);
  const comparing = new Comparing(sides.admitted, sides.limit ?? collectionFileLimit);
  try {
    for (;;) {
      const [next, known] = [await found.peek(), await stored.peek()];
      if (next === null && known === null) break;
      const order = next === null ? 1 : known === null ? -1 : comparePaths(next.path, known.path);
      if (next !== null && order <= 0) {
        comparing.noteFound(next);
        found.advance();
      }
      if (known !== null && order >= 0) stored.advance();
      if (next !== null && known !== null && order === 0) comparing.meet(next, known);
      else if (next !== null && order < 0) comparing.add(next);
      else if (known !== null) comparing.remove(known);
    }
  } finally {
    await Promise.all([found.end(), stored.end()]);
  }
  const { added, changed, removed, reconsidered } = comparing;
  return { added, changed, removed, reconsidered };
}
