import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Clock ticks of `/proc` a second; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Processes deeper than this below ours are not ours to count. */
const depthLimit = 8;

async function childrenOf(folder: string, pid: string): Promise<readonly string[]> {
  const threads = await readdir(join(folder, pid, 'task')).catch(() => []);
  const lists = await Promise.all(
    threads.map(
      async (thread) => await readFile(join(folder, pid, 'task', thread, 'children'), 'utf8').catch(() => ''),
    ),
  );
  return lists.flatMap((list) => list.split(' ').filter((child) => /^\d+$/.test(child)));
}

/** Fields 14 and 15 of `/proc/PID/stat` (proc(5)); the name in field 2 may hold blanks and brackets. */
export function ticksOfStat(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) || 0) + (Number(fields[12]) || 0);
}

async function ticksOf(folder: string, pid: string, depth: number): Promise<number> {
  const own = ticksOfStat(await readFile(join(folder, pid, 'stat'), 'utf8').catch(() => ''));
  if (depth >= depthLimit) return own;
  let total = own;
  for (const child of await childrenOf(folder, pid)) total += await ticksOf(folder, child, depth + 1);
  return total;
}

/**
 * Milliseconds of processor time that this process and those below it have used so far; those that have ended are left
 * out. Null where the system does not tell cheaply.
 */
export async function ownProcessorTimeMs(operatingSystem: NodeJS.Platform): Promise<number | null> {
  if (operatingSystem !== 'linux') return null;
  return (await ticksOf('/proc', String(process.pid), 0)) * (1_000 / ticksPerSecond);
}
