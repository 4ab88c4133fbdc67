import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDataFolder, type OwnedFolder, type TakenFolder } from './claim-data-folder.ts';

const ownerProgram = join(import.meta.dirname, '../../testing/data-folder-owner.ts');

// Windows has named pipes instead of sockets, no such signals and no such modes.
const hasSockets = process.platform !== 'win32';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-claim-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function startOwner(): Promise<{ child: ChildProcess; status: string; pid: number }> {
  const child = spawn(process.execPath, ['--no-warnings', ownerProgram, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (child.stdout === null) throw new Error('No output');
  for await (const line of createInterface(child.stdout))
    return { child, ...(JSON.parse(line) as { status: string; pid: number }) };
  throw new Error('The owner said nothing');
}

async function end(claim: OwnedFolder | TakenFolder): Promise<void> {
  if (claim.status === 'owned') await claim.release();
  else claim.port?.close();
}

// Each starts processes, which takes long on a busy machine.
describe('data folder', { timeout: 60_000 }, () => {
  it('is owned by the first process and names it to the second', async () => {
    const owner = await startOwner();
    const claim = await claimDataFolder(folder, process.platform);
    expect(owner.status).toBe('owned');
    expect(claim).toMatchObject({ status: 'taken', pid: owner.child.pid });
    await end(claim);
  });

  it('carries messages between two processes', async () => {
    await startOwner();
    const claim = await claimDataFolder(folder, process.platform);
    if (claim.status !== 'taken' || claim.port === null) throw new Error('Not joined');
    const long = 'ü'.repeat(300_000);
    claim.port.postMessage('hello');
    claim.port.postMessage(long);
    expect(await claim.port.next()).toBe('echo:hello');
    // Catches a frame that is measured in characters instead of bytes, or read before it is whole.
    expect(await claim.port.next()).toBe(`echo:${long}`);
    claim.port.close();
  });

  it('is free again when its owner was killed without a word', async () => {
    const { child } = await startOwner();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const claim = await claimDataFolder(folder, process.platform);
    expect(claim.status).toBe('owned');
    await end(claim);
    // Catches a folder that fills with what the dead left.
    expect(await readdir(join(folder, 'run'))).toEqual([]);
  });

  it('is free again when its owner released it', async () => {
    const first = await claimDataFolder(folder, process.platform);
    await end(first);
    const second = await claimDataFolder(folder, process.platform);
    expect(second.status).toBe('owned');
    await end(second);
  });

  it('has one owner when many start at once over a dead one', async () => {
    // Catches the classic race: two starters find the same stale lock, and the second clears away the first one's new lock.
    for (let round = 0; round < 5; round += 1) {
      const { child } = await startOwner();
      child.kill('SIGKILL');
      await once(child, 'exit');
      const claims = await Promise.all(
        Array.from({ length: 6 }, async () => await claimDataFolder(folder, process.platform)),
      );
      expect(claims.filter(({ status }) => status === 'owned')).toHaveLength(1);
      await Promise.all(claims.map(end));
    }
  });

  it('has one owner when two processes start at once', async () => {
    const starters = await Promise.all([startOwner(), startOwner()]);
    expect(starters.map(({ status }) => status).sort()).toEqual(['owned', 'taken']);
  });

  it.runIf(hasSockets)('is taken, not seized, when its owner is stopped and does not answer', async () => {
    const { child } = await startOwner();
    child.kill('SIGSTOP');
    const claim = await claimDataFolder(folder, process.platform);
    expect(claim).toEqual({ status: 'taken', pid: child.pid, port: null });
    child.kill('SIGCONT');
  });

  it.runIf(hasSockets)('may have a path that is too long for a socket', async () => {
    const deep = join(folder, 'a'.repeat(120), 'b'.repeat(60));
    await mkdir(deep, { recursive: true });
    const first = await claimDataFolder(deep, process.platform);
    const second = await claimDataFolder(deep, process.platform);
    expect([first.status, second.status]).toEqual(['owned', 'taken']);
    await end(second);
    await end(first);
  });

  it.runIf(hasSockets)('lets nobody else in', async () => {
    const claim = await claimDataFolder(folder, process.platform);
    const modes = await Promise.all(
      ['.', ...(await readdir(join(folder, 'run')))].map(
        async (name) => (await stat(join(folder, 'run', name))).mode & 0o077,
      ),
    );
    expect(modes.length).toBeGreaterThan(2);
    expect(new Set(modes)).toEqual(new Set([0]));
    await end(claim);
  });

  it('clears away an announcement that is none', async () => {
    await mkdir(join(folder, 'run'));
    await writeFile(join(folder, 'run', 'x.json'), '{"pid": 1');
    const claim = await claimDataFolder(folder, process.platform);
    expect(claim.status).toBe('owned');
    await end(claim);
  });

  it('says that a folder cannot be used when it is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(claimDataFolder(file, process.platform)).rejects.toMatchObject({ code: 'disk/not-writable' });
  });
});
