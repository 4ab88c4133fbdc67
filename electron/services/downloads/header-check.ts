import { parseGguf, readPreamble } from '../../inference/gguf/read-gguf-description.ts';
import { HeaderWindow } from '../../inference/gguf/header-window.ts';
import type { ByteSource } from '../../inference/gguf/header-window.ts';
import { AppError } from '../../shared/app-error.ts';

/** Sizes at which the header is looked at, in bytes: most end within the second, the largest within the last. */
const looksAt = [64, 1_048_576, 8_388_608, 33_554_432];

/** What is to be read of a file that is still on its way. */
export type ArrivingFile = {
  readonly source: ByteSource;
  /** In the end. */
  readonly sizeBytes: number;
  /** One of several files of a model: its header says nothing by itself but that it is one. */
  readonly isPart: boolean;
};

/** Finds out early that what arrives is no model: a page that says no must not be fetched for gigabytes. */
export class HeaderCheck {
  readonly #file: ArrivingFile;
  #looks: readonly number[] = looksAt;

  constructor(file: ArrivingFile) {
    this.#file = file;
  }

  /** Everything is to be looked at again. */
  reset(): void {
    this.#looks = looksAt;
  }

  /** Looks once more when enough is there. Throws `model/*`. */
  async look(doneBytes: number, signal: AbortSignal): Promise<void> {
    const [next = Infinity] = this.#looks;
    if (doneBytes < next) return;
    const { source, sizeBytes, isPart } = this.#file;
    this.#looks = this.#looks.filter((at) => at > doneBytes);
    try {
      await readPreamble(new HeaderWindow(source, sizeBytes, signal), isPart ? 0 : 1);
      if (isPart || doneBytes < (looksAt[1] ?? 0)) return;
      await parseGguf(source, sizeBytes, signal);
      this.#looks = [];
    } catch (error) {
      // So far nothing is wrong with it; its header goes on in what has not come yet.
      if (!AppError.isInstance(error) || error.code !== 'model/truncated') throw error;
    }
  }
}
