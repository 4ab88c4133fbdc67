// `npm run check`: everything that can be said about a change without the starter model and without a build.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The longest first, so that the last to end is not the one that began last. */
const steps = [
  {
    name: 'unit',
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'scripts/config/vitest.config.ts',
      ...['electron', 'renderer', 'tooling'].flatMap((project) => ['--project', project]),
    ],
  },
  { name: 'lint', args: ['scripts/lint.mjs'] },
  { name: 'types', args: ['node_modules/typescript-7/bin/tsc', '-b'] },
  {
    name: 'format:check',
    args: [
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--cache',
      '--cache-location',
      '.cache/prettier',
      '--log-level',
      'warn',
      '.',
    ],
  },
  { name: 'dead-code', args: ['node_modules/knip/bin/knip.js', '--config', '.knip.json'] },
  { name: 'boundaries', args: ['scripts/boundaries.mjs'] },
];

/** Runs one step and shows its output when it failed. */
function runStep({ name, args }) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (code !== 0) console.log(`\n── ${name} ──\n${Buffer.concat(output).toString().trim()}\n`);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      resolve(code === 0 ? [] : [name]);
    });
  });
}

const waiting = [...steps];
const failed = [];
async function work() {
  for (let step = waiting.shift(); step; step = waiting.shift()) failed.push(...(await runStep(step)));
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));

console.log(failed.length === 0 ? 'Everything is in order.' : `Failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
