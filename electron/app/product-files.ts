import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { unpackedPath } from '../platform/unpacked-path.ts';

/** Where the parts of the product lie, absolute. */
export type ProductFiles = {
  readonly version: string;
  /** Read only: icons, the built-in embedder. */
  readonly resourcesFolder: string;
  /** The built page. */
  readonly pageFolder: string;
  readonly preloadPath: string;
  readonly hostPath: string;
  readonly engineWorkerPath: string;
  readonly parsingWorkerPath: string;
  readonly storageWorkerPath: string;
  readonly keychainProcessPath: string;
};

const manifestSchema = z.object({ version: z.string() });

/**
 * Finds the parts from where this module lies: in the built product everything of a door is in one folder, `out/main`; in
 * the sources, which tests run without building, each part is in its own.
 */
export function findProductFiles(): ProductFiles {
  const root = join(import.meta.dirname, '..', '..');
  const isSource = import.meta.filename.endsWith('.ts');
  const sources = dirname(import.meta.dirname);
  const part = (name: string, source: string): string =>
    isSource ? join(sources, source) : join(import.meta.dirname, `${name}.js`);
  return {
    version: manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version,
    // The engine maps the embedder's file by itself.
    resourcesFolder: unpackedPath(join(root, 'resources')),
    pageFolder: join(root, 'out/renderer'),
    preloadPath: join(root, 'out/preload/index.cjs'),
    hostPath: part('host', 'host/index.ts'),
    engineWorkerPath: part('inference-worker', 'inference/worker/index.ts'),
    parsingWorkerPath: part('parsing-worker', 'parsing/worker/index.ts'),
    storageWorkerPath: part('storage-worker', 'storage/worker/index.ts'),
    keychainProcessPath: part('keychain-process', 'platform/keychain-process/index.ts'),
  };
}
