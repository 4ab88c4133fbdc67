import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import type { RunId } from '../../electron/shared/ids.ts';
import { applyPart, createRunView } from './run-view.ts';
import type { RunView } from './run-view.ts';
import { toFailure } from './failure.ts';

/** What the store needs of the outside. */
export type RunSource = {
  follow(runId: RunId, afterSequence: number): Promise<AsyncIterable<AnswerPart>>;
  whenConnected(): Promise<void>;
  /** Called once per run, when its last part is in. */
  onEnd(view: RunView): void;
};

type Followed = { view: RunView; shown: RunView; readonly listeners: Set<() => void>; isNotifying: boolean };

const frameMs = 24;
const retryMs = 250;
const triesWithoutNews = 20;
const keptEndedRuns = 30;

/**
 * Follows runs for the whole life of the window, whichever page is open: the app aborts a run that nobody follows.
 * Views are shown at most once per frame, however fast the parts come.
 */
export class RunStore {
  readonly #source: RunSource;
  readonly #runs = new Map<RunId, Followed>();

  constructor(source: RunSource) {
    this.#source = source;
  }

  /** Begins to follow; a second call for the same run changes nothing. */
  follow(runId: RunId): void {
    if (this.#runs.has(runId)) return;
    const view = createRunView(runId);
    const followed: Followed = { view, shown: view, listeners: new Set(), isNotifying: false };
    this.#runs.set(runId, followed);
    this.#forgetOld();
    void this.#run(runId, followed);
  }

  view(runId: RunId): RunView | null {
    return this.#runs.get(runId)?.shown ?? null;
  }

  subscribe(runId: RunId, listener: () => void): () => void {
    this.follow(runId);
    const followed = this.#runs.get(runId);
    followed?.listeners.add(listener);
    return () => followed?.listeners.delete(listener);
  }

  /** Lets go of everything that was heard, as when the app locks: nobody who comes later is told of it. */
  forget(): void {
    this.#runs.clear();
  }

  async #run(runId: RunId, followed: Followed): Promise<void> {
    let tries = 0;
    while (followed.view.state === 'running' && this.#runs.get(runId) === followed) {
      const before = followed.view.lastSequence;
      try {
        await this.#source.whenConnected();
        for await (const part of await this.#source.follow(runId, before)) {
          if (this.#runs.get(runId) !== followed) break;
          followed.view = applyPart(followed.view, part);
          this.#notify(followed);
        }
      } catch (error) {
        const failure = toFailure(error);
        if (failure.code === 'app/not-found') followed.view = { ...followed.view, state: 'forgotten' };
        else if (tries >= triesWithoutNews) followed.view = { ...followed.view, state: 'failed', error: failure };
      }
      tries = followed.view.lastSequence > before ? 0 : tries + 1;
      if (followed.view.state === 'running') await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    if (this.#runs.get(runId) !== followed) return;
    this.#source.onEnd(followed.view);
    this.#notify(followed);
  }

  #notify(followed: Followed): void {
    if (followed.isNotifying) return;
    followed.isNotifying = true;
    setTimeout(() => {
      followed.isNotifying = false;
      followed.shown = followed.view;
      for (const listener of followed.listeners) listener();
    }, frameMs);
  }

  #forgetOld(): void {
    const ended = [...this.#runs].filter(([, { view, listeners }]) => view.state !== 'running' && listeners.size === 0);
    for (const [runId] of ended.slice(0, Math.max(0, ended.length - keptEndedRuns))) this.#runs.delete(runId);
  }
}
