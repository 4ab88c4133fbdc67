import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBuilt, type Ended, type Started } from './built-product.ts';

/** A temporary folder with a data folder of its own, and the built programs that run on it. */
export type CliWorkbench = {
  readonly folder: string;
  /** The folder with the starter model. */
  readonly modelFolder: string;
  readonly starterModel: string;
  /** Of every program that is started from now on. */
  readonly environment: Record<string, string>;
  /** A file in the folder. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  start(program: 'cli' | 'host', ...args: readonly string[]): Started;
  /** Runs the command line to its end. */
  sotto(...args: readonly string[]): Promise<Ended>;
  /** The same with something on its standard input. */
  sottoWith(input: string, ...args: readonly string[]): Promise<Ended>;
  /** A host that is ready. */
  host(): Promise<Started>;
  /** Kills what still runs and removes the folder. */
  close(): Promise<void>;
};

/** Makes a workbench; the starter model is where the bootstrap put it, or where `SOTTO_MODEL_DIR` says. */
export async function createCliWorkbench(): Promise<CliWorkbench> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-cli-'));
  const modelFolder = process.env['SOTTO_MODEL_DIR'] ?? join(import.meta.dirname, '../../.cache/models');
  const environment: Record<string, string> = { SOTTO_DATA_DIR: join(folder, 'data'), SOTTO_MODEL_DIR: modelFolder };
  const started: Started[] = [];
  const startWith = (input: string, program: 'cli' | 'host', args: readonly string[]): Started => {
    const one = startBuilt(program, args, environment, input);
    started.push(one);
    return one;
  };
  const start: CliWorkbench['start'] = (program, ...args) => startWith('', program, args);
  return {
    folder,
    modelFolder,
    starterModel: join(modelFolder, 'SmolLM2-135M-Instruct.Q4_1.gguf'),
    environment,
    start,
    async file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    sotto: async (...args) => await start('cli', ...args).ended,
    sottoWith: async (input, ...args) => await startWith(input, 'cli', args).ended,
    async host() {
      const one = start('host', '--port', '0', '--no-open');
      await one.until(/Sotto is ready at (\S+)/);
      return one;
    },
    async close() {
      for (const { child } of started) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The one JSON document on standard output. Throws when there is anything else. */
export function jsonOf({ stdout }: Ended): Record<string, unknown> {
  const value: unknown = JSON.parse(stdout);
  if (typeof value !== 'object' || value === null) throw new Error(`Not an object: ${stdout}`);
  return { ...value };
}

/** The error in the JSON document. */
export function errorOf(ended: Ended): { readonly code: string; readonly message: string } {
  const { error } = jsonOf(ended);
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error)) {
    throw new Error(`No error: ${ended.stdout} ${ended.stderr}`);
  }
  return { code: String(error.code), message: String(error.message) };
}

/** A small document with three facts. */
export const leaseText = [
  '# Lease',
  '## Notice',
  'The notice period is three months to the end of a quarter. Notice must be given in writing.',
  '## Deposit',
  'The tenant pays a deposit of 2,400 euros, which is returned six weeks after the end of the lease.',
  '## Pets',
  'Keeping one cat is allowed. Dogs need the written consent of the landlord.',
].join('\n\n');
