import { readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createDocumentReader } from '../parsing/create-document-reader.ts';
import type { DocumentReader } from '../parsing/document-reader.ts';
import { createChildProcessLauncher } from '../parsing/launchers/child-process-launcher.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { AppError } from '../shared/app-error.ts';
import { createRecordingLogger } from './recording-logger.ts';

const worker = join(import.meta.dirname, '..', 'parsing', 'worker', 'index.ts');
const fixtures = join(import.meta.dirname, '..', 'parsing', 'fixtures');

/** A fixture of the parser: `path` is below its folder. */
export type Fixture = { readonly path: string; readonly bytes: Buffer };

/** All files among the parser's fixtures that are documents. */
export async function readFixtures(): Promise<readonly Fixture[]> {
  const entries = await readdir(fixtures, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('README') && !entry.parentPath.includes('sources'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return await Promise.all(
    paths.map(async (path) => ({ path: path.slice(fixtures.length + 1), bytes: await readFile(path) })),
  );
}

/** The reader as the product has it: a supervised process of its own. */
export function createHostileReader(): DocumentReader {
  return createDocumentReader({
    launcher: createChildProcessLauncher(),
    clock: createSystemClock(),
    logger: createRecordingLogger(),
    workerPath: worker,
  });
}

/** `read`, or the code of the typed error; throws anything else. */
export async function outcomeOf(reader: DocumentReader, path: string, name: string): Promise<string> {
  try {
    await reader.read({ path, name }, { signal: new AbortController().signal });
    return 'read';
  } catch (error) {
    if (AppError.isInstance(error)) return error.code;
    throw error;
  }
}

/** What the operating system says of the processes that this one started (Linux only; zeros elsewhere). */
export type ProcessTrace = { readonly peakResidentBytes: number; readonly networkSockets: number };

async function inodesOfNetwork(): Promise<ReadonlySet<string>> {
  const inodes = new Set<string>();
  for (const table of ['tcp', 'tcp6', 'udp', 'udp6']) {
    const lines = (await readFile(`/proc/net/${table}`, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const line of lines) inodes.add(line.trim().split(/\s+/)[9] ?? '');
  }
  return inodes;
}

async function socketsOf(pid: string, network: ReadonlySet<string>): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder).catch(() => [])).map(async (fd) => await readlink(join(folder, fd)).catch(() => '')),
  );
  return links.filter((link) => network.has(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? 'none')).length;
}

/** Looks at the parsing processes that run now. */
export async function traceParsing(): Promise<ProcessTrace> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8').catch(() => '');
  const network = await inodesOfNetwork();
  let [peakResidentBytes, networkSockets] = [0, 0];
  for (const pid of children.trim().split(/\s+/)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes(worker)) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    peakResidentBytes = Math.max(peakResidentBytes, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024);
    networkSockets += await socketsOf(pid, network);
  }
  return { peakResidentBytes, networkSockets };
}
