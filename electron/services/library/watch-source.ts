import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { StoredSource } from '../../storage/storage.ts';
import { HintCollector } from './hint-collector.ts';
import type { HintListener } from './hint-collector.ts';
import { ignoreFileName } from './ignore-rules.ts';
import type { IgnoreRules } from './ignore-rules.ts';

/** What watching a source needs. */
export type SourceWatchOptions = HintListener & {
  readonly source: StoredSource;
  readonly operatingSystem: NodeJS.Platform;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default `watch` of Node, which throws where the system has no more watches to give. */
  readonly watchFolder?: typeof watch;
};

/** A watcher of one source. What it says is a hint: a walk decides. */
export interface SourceWatcher {
  /** False once the system has refused to watch, as it does beyond its limit of watched folders. */
  readonly isWatching: boolean;
  /**
   * Watches the folders that a walk went through, with `''` for the source itself. True when there are new ones among them: what
   * came into them before they were watched is found by another walk.
   */
  follow(folders: readonly string[], rules: IgnoreRules): Promise<boolean>;
  close(): void;
}

/** Folders that are watched one by one at most: the system has a limit for all programs together. */
const folderLimit = 10_000;
/** Folders that are begun to be watched in one go. */
const sliceLength = 100;

/** On these, one watch reaches over everything below. */
const hasDeepWatch = (operatingSystem: NodeJS.Platform): boolean =>
  operatingSystem === 'darwin' || operatingSystem === 'win32';

/**
 * Watches a source, folder by folder where the system has no other way. Only folders are watched, never files: a folder
 * tells of its files, and tens of thousands of watches would be more than systems give.
 */
export class FolderWatcher implements SourceWatcher {
  readonly #options: SourceWatchOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #hints: HintCollector;
  #rules: IgnoreRules | null = null;
  #isWatching = true;
  #hasWarned = false;
  #isClosed = false;

  constructor(options: SourceWatchOptions) {
    this.#options = options;
    this.#hints = new HintCollector(options.clock, options);
  }

  get isWatching(): boolean {
    return this.#isWatching;
  }

  async follow(folders: readonly string[], rules: IgnoreRules): Promise<boolean> {
    this.#rules = rules;
    // Other programs may have given some of their watches back.
    this.#isWatching = true;
    const { source, operatingSystem } = this.#options;
    const isDeep = source.kind === 'folder' && hasDeepWatch(operatingSystem);
    const wanted = new Set(isDeep ? [''] : folders.slice(0, folderLimit));
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    const added = [...wanted].filter((folder) => !this.#watchers.has(folder));
    for (const [index, folder] of added.entries()) {
      if (this.#isClosed || !this.#isWatching) break;
      this.#begin(folder, isDeep);
      if (index % sliceLength === sliceLength - 1) await setImmediate();
    }
    if (!isDeep && folders.length > folderLimit) this.#fail('too-many-folders');
    return added.length > 0 && this.#isWatching;
  }

  close(): void {
    this.#isClosed = true;
    this.#hints.close();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #begin(folder: string, recursive: boolean): void {
    const { source, watchFolder = watch } = this.#options;
    const path = source.kind === 'file' ? dirname(source.path) : join(source.path, folder);
    try {
      const watcher = watchFolder(path, { persistent: false, recursive }, (event, name) =>
        this.#note(folder, event, name),
      );
      this.#watchers.set(folder, watcher);
      watcher.on('error', (error) => {
        this.#watchers.delete(folder);
        watcher.close();
        this.#hints.note(null);
        this.#fail('code' in error ? String(error.code) : 'unknown');
      });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      // A folder that is gone again is no reason to doubt the others.
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#fail(code);
    }
  }

  #note(folder: string, event: 'rename' | 'change', name: string | null): void {
    if (this.#isClosed) return;
    if (name === null) {
      this.#hints.note(null);
      return;
    }
    const { source } = this.#options;
    if (source.kind === 'file') {
      if (name === basename(source.path)) this.#hints.note(null);
      return;
    }
    const path = folder + name.split(sep).join('/');
    if (path === ignoreFileName) this.#hints.note(null);
    else if (this.#rules?.ignores(path, false) !== true) this.#hints.note(event === 'change' ? path : null);
  }

  #fail(code: string): void {
    if (!this.#hasWarned) this.#options.logger.warn('folder-not-watched', { code });
    this.#hasWarned = true;
    this.#isWatching = false;
  }
}
