import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const root = join(import.meta.dirname, '..', '..');

/** Tests that need the built product, the starter model or many seconds of a processor: `npm test` runs them, `npm run check` does not. */
const integration = ['{electron,scripts,e2e}/**/*.integration.test.{ts,mjs}'];
/** No test touches the keychain of whoever runs it; those that test one bring their own. */
const env = { SOTTO_KEYCHAIN: 'none' };
/** A test that hangs ends; one that waits its turn on a busy machine does not. */
const testTimeout = 30_000;
/** As long for what is looked at again and again. */
const patient = { poll: { timeout: 10_000 } };
const never = ['**/node_modules/**', 'out/**', '.cache/**'];

export default defineConfig({
  root,
  cacheDir: join(root, '.cache/vite'),
  test: {
    globalSetup: 'scripts/test/bundle-storage-worker.mjs',
    // Many tests wait for processes and timers, so one more than two cores have is not too many.
    maxWorkers: 3,
    projects: [
      {
        root,
        test: {
          name: 'electron',
          environment: 'node',
          env,
          include: ['electron/**/*.test.ts'],
          exclude: [...integration, ...never],
          testTimeout,
          expect: patient,
          hookTimeout: testTimeout,
        },
      },
      {
        root,
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          env,
          setupFiles: ['renderer/testing/patient-waits.ts'],
          include: ['renderer/**/*.test.{ts,tsx}'],
          exclude: never,
          testTimeout,
          expect: patient,
        },
      },
      {
        root,
        test: {
          name: 'tooling',
          environment: 'node',
          env,
          include: ['scripts/**/*.test.mjs', 'e2e/**/*.test.ts'],
          exclude: [...integration, ...never],
          testTimeout,
          expect: patient,
        },
      },
      {
        root,
        test: {
          name: 'integration',
          environment: 'node',
          env,
          include: integration,
          exclude: never,
          testTimeout: 120_000,
          expect: patient,
          hookTimeout: 120_000,
          // Most of it is processes that start and end; engines of two files at once share two cores.
          maxWorkers: 2,
          // Behind the others, which have more workers.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
