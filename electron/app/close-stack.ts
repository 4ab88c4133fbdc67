import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';

/**
 * What has been opened, to be closed in reverse. A part that fails to close is logged and does not keep the others open.
 * Closing twice is closing once.
 */
export class CloseStack {
  readonly #logger: Logger;
  readonly #entries: { readonly name: string; readonly close: () => Promise<void> | void }[] = [];
  #closed: Promise<void> | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Registers how to close `part` and hands it back: called on the line that opens it. */
  add<Part>(name: string, part: Part, close: (part: Part) => Promise<void> | void): Part {
    this.#entries.push({ name, close: () => close(part) });
    return part;
  }

  async close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    await this.#closed;
  }

  async #closeAll(): Promise<void> {
    for (const { name, close } of this.#entries.toReversed()) {
      try {
        await close();
      } catch (error) {
        this.#logger.error('close-failed', { part: name, code: AppError.from(error).code });
      }
    }
  }
}
