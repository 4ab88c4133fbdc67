import type { Clock } from '../../platform/clock.ts';
import type { DesktopActivity, FinishedWork } from '../../platform/desktop.ts';

/** Work that takes its time, as its source tells of it. */
export type LongWork = {
  /** The same for as long as it is the same work. */
  readonly id: string;
  readonly kind: FinishedWork['kind'];
  /** What a person called it. */
  readonly name: string;
  /** `resting`: halted by a person or by what the app waits for. */
  readonly state: 'going' | 'resting' | 'done' | 'failed';
  /** 0 to 1; null while its size is not known. */
  readonly fraction: number | null;
  /** How long all of it takes, in seconds, roughly: what weighs it against other work. */
  readonly weightSeconds: number;
};

/** Work that ended after less than this was waited for, and nobody needs to be told. */
export const longWorkMs = 20_000;

/** Which part of the app tells of its work. */
type WorkSource = 'downloads' | 'summaries' | 'library' | 'documents';

type BatchEntry = { readonly source: WorkSource; readonly work: LongWork; readonly begunMs: number };

/**
 * All long work that goes on at the moment, as one progress: work that ended counts as done until the last of it has, so
 * that the end of one does not throw back the others. Never falls while the same work runs.
 */
export class WorkBoard {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #onLongWorkEnd: (work: FinishedWork) => void;
  readonly #batch = new Map<string, BatchEntry>();
  #shown: { readonly of: string; readonly fraction: number } = { of: '', fraction: 0 };

  constructor(clock: Pick<Clock, 'monotonicMs'>, onLongWorkEnd: (work: FinishedWork) => void) {
    this.#clock = clock;
    this.#onLongWorkEnd = onLongWorkEnd;
  }

  /** Everything that a source has at the moment; what it had before and has no more was taken away by a person. */
  report(source: WorkSource, works: readonly LongWork[]): void {
    const ids = new Set(works.map(({ id }) => id));
    for (const [id, entry] of this.#batch) {
      if (entry.source === source && isGoing(entry) && !ids.has(id)) this.#batch.delete(id);
    }
    for (const work of works) this.#take(source, work);
    if (![...this.#batch.values()].some(isGoing)) this.#batch.clear();
  }

  /** 0 to 1 in steps of a hundredth; `unknown` while no size is known; null without any work. */
  get progress(): DesktopActivity['progress'] {
    const entries = [...this.#batch.values()].map(({ work }) => work);
    if (entries.length === 0) return null;
    if (entries.every(({ fraction }) => fraction === null)) return 'unknown';
    const of = [...this.#batch.keys()].sort().join('\n');
    const all = entries.reduce((sum, { weightSeconds }) => sum + weightSeconds, 0);
    const done = entries.reduce((sum, { weightSeconds, fraction }) => sum + weightSeconds * (fraction ?? 0), 0);
    const fraction = all === 0 ? 0 : Math.floor((done / all) * 100) / 100;
    const floor = this.#shown.of === of ? this.#shown.fraction : 0;
    this.#shown = { of, fraction: Math.min(1, Math.max(fraction, floor)) };
    return this.#shown.fraction;
  }

  #take(source: WorkSource, work: LongWork): void {
    const known = this.#batch.get(work.id);
    const wasGoing = known !== undefined && isGoing(known);
    switch (work.state) {
      case 'going':
        this.#batch.set(work.id, {
          source,
          work: { ...work, fraction: furthest(wasGoing ? known.work.fraction : null, work.fraction) },
          begunMs: wasGoing ? known.begunMs : this.#clock.monotonicMs(),
        });
        return;
      case 'resting':
        if (wasGoing) this.#batch.delete(work.id);
        return;
      case 'done':
      case 'failed':
        if (wasGoing) this.#end(known, work);
        return;
    }
  }

  #end({ source, begunMs }: BatchEntry, work: LongWork): void {
    this.#batch.set(work.id, { source, work: { ...work, fraction: 1 }, begunMs });
    if (this.#clock.monotonicMs() - begunMs < longWorkMs || work.name === '') return;
    this.#onLongWorkEnd({ kind: work.kind, name: work.name, isFailed: work.state === 'failed' });
  }
}

const isGoing = ({ work }: BatchEntry): boolean => work.state === 'going';

const furthest = (before: number | null, now: number | null): number | null =>
  before === null || now === null ? (before ?? now) : Math.max(before, now);
