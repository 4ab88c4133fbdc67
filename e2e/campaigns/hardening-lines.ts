// `npm run campaign -- hardening-lines [PART]`: takes each hardening line away in a copy of the checkout and runs the test that
// has to notice. Ends with 1 when a removal goes unnoticed, or when a line is no longer where it is said to be. PART limits it
// to files whose path contains it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hardeningLines, type HardeningLine } from './hardening/hardening-lines.ts';

const root = join(import.meta.dirname, '..', '..');
const part = process.argv[2] ?? '';
const lines = hardeningLines.filter(({ file }) => file.includes(part));

const copy = mkdtempSync(join(tmpdir(), 'sotto-hardening-'));
for (const name of ['electron', 'scripts', 'resources', 'package.json', 'package-lock.json']) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
for (const name of ['node_modules', 'out']) symlinkSync(join(root, name), join(copy, name));

/** True when every one of the tests passes in the copy as it is. */
function passes(tests: readonly string[]): boolean {
  const project = tests.every((test) => test.startsWith('scripts/')) ? 'tooling' : 'electron';
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const words = [
    vitest,
    'run',
    '--config',
    'scripts/config/vitest.config.ts',
    '--project',
    project,
    '--bail',
    '1',
    ...tests,
  ];
  return spawnSync(process.execPath, words, { cwd: copy, stdio: 'ignore' }).status === 0;
}

function tryWithout({ file, text, replacement = '', test }: HardeningLine): 'noticed' | 'unnoticed' | 'not there' {
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  if (whole.split(text).length !== 2) return 'not there';
  // As a function, so that no character of the replacement means anything.
  writeFileSync(
    path,
    whole.replace(text, () => replacement),
  );
  const isUnnoticed = passes([test]);
  writeFileSync(path, whole);
  return isUnnoticed ? 'unnoticed' : 'noticed';
}

try {
  const electronTests = [...new Set(lines.map(({ test }) => test))].filter((test) => test.startsWith('electron/'));
  // A test that fails anyway would notice everything.
  if (electronTests.length > 0 && !passes(electronTests)) throw new Error('The tests fail without any removal');
  const counts = { noticed: 0, unnoticed: 0, 'not there': 0 };
  for (const line of lines) {
    const outcome = tryWithout(line);
    counts[outcome] += 1;
    if (outcome !== 'noticed') console.error(`${outcome}: ${line.file}: ${line.text.trim()} (${line.test})`);
  }
  console.log(
    `${lines.length} lines: ${counts.noticed} noticed, ${counts.unnoticed} unnoticed, ${counts['not there']} not there.`,
  );
  if (counts.noticed !== lines.length) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
