import type { Clock } from '../../platform/clock.ts';

/** What is told when a burst of changes is over. */
export type HintListener = {
  /** These files, below the source, are said to have other bytes. */
  readonly onFiles: (paths: readonly string[]) => void;
  /** Something came, went or moved: only a walk can tell what. */
  readonly onWalk: () => void;
};

/** Until a burst of changes is over. */
const quietMs = 500;
/** A burst that does not end is told of after this. */
const burstLimitMs = 5_000;
/** More changed files than this are found faster by a walk. */
const singleLimit = 50;

/** Collects what a watcher says until it is quiet for half a second, or goes on for five. */
export class HintCollector {
  readonly #clock: Clock;
  readonly #listener: HintListener;
  readonly #closing = new AbortController();
  #changed = new Set<string>();
  #isWalkDue = false;
  #startedMs: number | null = null;
  #quiet: AbortController | null = null;

  constructor(clock: Clock, listener: HintListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** A file has other bytes; null when it may be more than that. */
  note(changed: string | null): void {
    if (this.#closing.signal.aborted) return;
    if (changed === null || this.#changed.size >= singleLimit) this.#isWalkDue = true;
    else this.#changed.add(changed);
    this.#startedMs ??= this.#clock.monotonicMs();
    const leftMs = this.#startedMs + burstLimitMs - this.#clock.monotonicMs();
    this.#quiet?.abort();
    this.#quiet = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, this.#quiet.signal]);
    // A later change or the end ends this wait.
    this.#clock.delay(Math.max(0, Math.min(quietMs, leftMs)), signal).then(
      () => this.#tell(),
      () => undefined,
    );
  }

  close(): void {
    this.#closing.abort();
  }

  #tell(): void {
    const [paths, isWalkDue] = [[...this.#changed], this.#isWalkDue];
    this.#changed = new Set();
    this.#isWalkDue = false;
    this.#startedMs = null;
    // A file is looked at at once even where the walk has to wait its turn.
    if (paths.length > 0) this.#listener.onFiles(paths);
    if (isWalkDue) this.#listener.onWalk();
  }
}
