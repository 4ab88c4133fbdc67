// `npm run bench -- [ARGUMENT]…`: what the product measures of itself, how soon quick-ask comes, and how its window renders,
// which only a browser can tell. With `--json` one document with all of it; `--rendering` does the last of them alone.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSupervised } from './bootstrap/supervised-child.mjs';

const root = join(import.meta.dirname, '..');
const args = process.argv.slice(2);
const isJson = args.includes('--json');

/** Runs a program and hands back what it wrote, or lets it write to our own output. */
async function run(folder, name, file, given) {
  const path = join(folder, name);
  const output = isJson ? openSync(path, 'w') : 'inherit';
  const { code } = await runSupervised(process.execPath, [join(root, file), ...given], {
    stdio: ['inherit', output, 'inherit'],
  });
  if (typeof output !== 'number') return { code, result: {} };
  closeSync(output);
  const written = readFileSync(path, 'utf8').trim();
  return { code, result: written === '' ? {} : JSON.parse(written) };
}

const folder = mkdtempSync(join(tmpdir(), 'sotto-bench-'));
try {
  const own = args.filter((argument) => argument !== '--rendering');
  const outcomes = [];
  const rendering = isJson ? ['--json'] : [];
  if (own.length === args.length) {
    outcomes.push(await run(folder, 'product', 'scripts/sotto.mjs', ['bench', ...own]));
    // After the first, which builds what this one starts.
    outcomes.push(await run(folder, 'quick-ask', 'e2e/render-bench/measure-quick-ask.ts', rendering));
  }
  outcomes.push(await run(folder, 'rendering', 'e2e/render-bench/measure-rendering.ts', rendering));
  if (isJson) console.log(JSON.stringify(Object.assign({}, ...outcomes.map(({ result }) => result))));
  process.exitCode = Math.max(...outcomes.map(({ code }) => code));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
