// Before the first test: the thread of the database as one file, since reading its ninety sources costs more than most tests.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Where `electron/testing/open-test-storage.ts` finds the file. */
const pathVariable = 'SOTTO_TEST_STORAGE_WORKER';

async function bundle(root, folder) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3-multiple-ciphers', 'sqlite-vec'] },
    build: {
      ssr: join(root, 'electron/storage/worker/index.ts'),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'storage-worker.mjs', codeSplitting: false } },
    },
  });
}

/**
 * Vitest's global setup; what it returns ends it. Below the checkout, so that the file finds its packages, and in a folder
 * of this run, so that two runs do not share one.
 *
 * @param {import('vitest/node').TestProject} project
 */
export async function setup(project) {
  if (process.env[pathVariable] !== undefined) return undefined;
  const { root } = project.config;
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'storage-worker-'));
  await bundle(root, folder);
  process.env[pathVariable] = join(folder, 'storage-worker.mjs');
  project.onTestsRerun(() => bundle(root, folder));
  return () => {
    delete process.env[pathVariable];
    rmSync(folder, { recursive: true, force: true });
  };
}
