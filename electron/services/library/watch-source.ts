import { watch } from 'chokidar';
import { join, relative, sep } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { StoredSource } from '../../storage/storage.ts';
import { ignoreFileName } from './ignore-rules.ts';
import type { IgnoreRules } from './ignore-rules.ts';

/** What watching a source needs. */
export type SourceWatchOptions = {
  readonly source: StoredSource;
  readonly rules: IgnoreRules;
  /** Absolute paths of folders that are never entered. */
  readonly excluded: ReadonlySet<string>;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * Something changed, half a second ago or longer, and nothing since: the paths below the source of known files with other bytes
   * alone, or null when only a walk can tell.
   */
  readonly onHint: (changed: readonly string[] | null) => void;
};

/** A watcher of one source. What it says is a hint: a walk decides. */
export interface SourceWatcher {
  /** False once the system has refused to watch, as it does beyond its limit of watched folders. */
  readonly isWatching: boolean;
  /** True once the folder's `.sottoignore` changed: what is watched follows the rules of before. */
  readonly hasOldRules: boolean;
  close(): Promise<void>;
}

/** Until a burst of changes is over. */
const quietMs = 500;
/** A burst that does not end is told of after this. */
const burstLimitMs = 5_000;
/** More changed files than this are found faster by a walk. */
const singleLimit = 50;

/** Collects hints until they come no more for a while. */
class HintCollector {
  readonly #options: Pick<SourceWatchOptions, 'clock' | 'onHint'>;
  readonly #closing = new AbortController();
  #changed = new Set<string>();
  #isWalkDue = false;
  #startedMs: number | null = null;
  #quiet: AbortController | null = null;

  constructor(options: Pick<SourceWatchOptions, 'clock' | 'onHint'>) {
    this.#options = options;
  }

  note(changed: string | null): void {
    if (this.#closing.signal.aborted) return;
    const { clock } = this.#options;
    if (changed === null || this.#changed.size >= singleLimit) this.#isWalkDue = true;
    else this.#changed.add(changed);
    this.#startedMs ??= clock.monotonicMs();
    const leftMs = this.#startedMs + burstLimitMs - clock.monotonicMs();
    this.#quiet?.abort();
    this.#quiet = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, this.#quiet.signal]);
    // A later change or the end ends this wait.
    clock.delay(Math.max(0, Math.min(quietMs, leftMs)), signal).then(
      () => this.#tell(),
      () => undefined,
    );
  }

  close(): void {
    this.#closing.abort();
  }

  #tell(): void {
    const told = this.#isWalkDue ? null : [...this.#changed];
    this.#changed = new Set();
    this.#isWalkDue = false;
    this.#startedMs = null;
    this.#options.onHint(told);
  }
}

/** Watches a source until closed. Never throws: a place that cannot be watched says so in the log and by `isWatching`. */
export function watchSource({ source, rules, excluded, clock, logger, onHint }: SourceWatchOptions): SourceWatcher {
  const hints = new HintCollector({ clock, onHint });
  let isWatching = true;
  let hasOldRules = false;
  const below = (path: string): string => relative(source.path, path).split(sep).join('/');
  const watcher = watch(source.path, {
    ignoreInitial: true,
    followSymlinks: false,
    persistent: false,
    ignorePermissionErrors: true,
    ignored: (path, stats) => {
      const name = below(path);
      if (name === '' || name === ignoreFileName || source.kind === 'file') return false;
      // A link to a folder could lead anywhere, and only what is there for good is known to be no folder.
      if (stats?.isSymbolicLink() === true) return true;
      return excluded.has(join(path)) || rules.ignores(name, stats?.isDirectory() ?? false);
    },
  });
  watcher.on('all', (event, path) => {
    const name = below(path);
    if (name === ignoreFileName) hasOldRules = true;
    const isOneFile = event === 'change' && source.kind === 'folder' && name !== ignoreFileName;
    hints.note(isOneFile ? name : null);
  });
  watcher.on('error', (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (isWatching) logger.warn('folder-not-watched', { code });
    isWatching = false;
  });
  return {
    get isWatching() {
      return isWatching;
    },
    get hasOldRules() {
      return hasOldRules;
    },
    async close() {
      hints.close();
      await watcher.close();
    },
  };
}
