import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { toDiskError } from '../../platform/disk-room.ts';
import { isNodeError } from '../../platform/node-error.ts';

/** An owner shows this often that it works, and counts as gone after so long without, in milliseconds. */
const showEveryMs = 25_000;
const goneAfterMs = 90_000;
/** Two that find the same lock left behind see within this time which of them has it, in milliseconds. */
const settleMs = 50;

const ownerSchema = z.object({ pid: z.int().positive(), token: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** True while a process with this id runs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return isNodeError(error, 'EPERM');
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/** After a restart of the machine another program may have the number, so a lock has to be fresh as well. */
async function isHeld(path: string, nowMs: number): Promise<boolean> {
  const owner = await readOwner(path);
  if (owner !== null && (owner.pid === process.pid || !isAlive(owner.pid))) return false;
  const shownMs = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Math.abs(nowMs - shownMs) < goneAfterMs;
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    await using file = await open(path, 'wx');
    await file.writeFile(JSON.stringify({ pid: process.pid, token } satisfies Owner));
    return true;
  } catch (error) {
    if (isNodeError(error, 'EEXIST')) return false;
    throw toDiskError(error);
  }
}

/** Keeps a download to one process: a file that names its owner, who touches it now and then. */
export class DownloadLock {
  readonly #path: string;
  readonly #token = randomUUID();
  readonly #ended = new AbortController();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Null while another process that is alive has it. `onLost` is called when somebody took it away. Throws `disk/*`. */
  static async take(path: string, clock: Clock, onLost: () => void): Promise<DownloadLock | null> {
    const lock = new DownloadLock(path);
    if (!(await create(path, lock.#token))) {
      if (await isHeld(path, clock.now())) return null;
      await rm(path, { force: true });
      if (!(await create(path, lock.#token))) return null;
      await clock.delay(settleMs);
      if (!(await lock.#isOurs())) return null;
    }
    void lock.#show(clock, onLost);
    return lock;
  }

  async release(): Promise<void> {
    this.#ended.abort();
    if (await this.#isOurs()) await rm(this.#path, { force: true });
  }

  async #isOurs(): Promise<boolean> {
    return (await readOwner(this.#path))?.token === this.#token;
  }

  async #show(clock: Clock, onLost: () => void): Promise<void> {
    const { signal } = this.#ended;
    for (;;) {
      await clock.delay(showEveryMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      const isOurs = await this.#isOurs();
      if (signal.aborted) return;
      if (!isOurs) return onLost();
      const now = clock.now() / 1_000;
      await utimes(this.#path, now, now).catch(() => undefined);
    }
  }
}
