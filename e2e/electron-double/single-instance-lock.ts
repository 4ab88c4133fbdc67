import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a second instance tells the first. */
export type SecondInstance = {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
};

/** One owner for a folder, by a file with its process id. A later instance leaves a note, and the owner watches. */
export class SingleInstanceLock {
  readonly #folder: string;
  readonly #ownerPath: string;
  #isHeld = false;

  constructor(userDataFolder: string) {
    this.#folder = join(userDataFolder, 'electron-double-instance');
    this.#ownerPath = join(this.#folder, 'owner');
  }

  /** Returns false when another live process owns the folder; it has been told then. */
  acquire(self: SecondInstance, onSecondInstance: (second: SecondInstance) => void): boolean {
    mkdirSync(this.#folder, { recursive: true });
    if (!this.#tryOwn()) {
      if (this.#isOwnerAlive()) {
        this.#leaveNote(self);
        return false;
      }
      rmSync(this.#ownerPath, { force: true });
      if (!this.#tryOwn()) return false;
    }
    this.#isHeld = true;
    this.#watchNotes(onSecondInstance);
    return true;
  }

  release(): void {
    if (this.#isHeld) rmSync(this.#folder, { recursive: true, force: true });
    this.#isHeld = false;
  }

  #tryOwn(): boolean {
    try {
      writeFileSync(this.#ownerPath, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      return false;
    }
  }

  #isOwnerAlive(): boolean {
    try {
      return process.kill(Number(readFileSync(this.#ownerPath, 'utf8')), 0);
    } catch {
      return false;
    }
  }

  /** Renamed into place, so that the owner never reads half a note. */
  #leaveNote(self: SecondInstance): void {
    const draftPath = join(this.#folder, `${process.pid}.draft`);
    writeFileSync(draftPath, JSON.stringify(self));
    renameSync(draftPath, join(this.#folder, `${process.pid}.note`));
  }

  #watchNotes(onSecondInstance: (second: SecondInstance) => void): void {
    const read = (name: string | null): void => {
      if (!name?.endsWith('.note')) return;
      const notePath = join(this.#folder, name);
      let text: string;
      try {
        text = readFileSync(notePath, 'utf8');
        rmSync(notePath);
      } catch {
        return; // an earlier event has read it
      }
      // Another process of this double wrote it in leaveNote.
      onSecondInstance(JSON.parse(text) as SecondInstance);
    };
    const watcher = watch(this.#folder, (_event, name) => read(name));
    // Left between the owning and the watching.
    for (const name of readdirSync(this.#folder)) read(name);
    watcher.unref();
  }
}
