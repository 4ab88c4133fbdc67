// `npm run lint`: the linter, then what it cannot express, then the lock file.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBreaches } from './rules/house-rules.mjs';
import { findPinnedAddresses, findUnpinnedPackages } from './rules/lock-file.mjs';
import { listSourceFiles } from './rules/source-files.mjs';

const root = join(import.meta.dirname, '..');
const linter = join(root, 'node_modules/oxlint/bin/oxlint');
const { status } = spawnSync(process.execPath, [linter, '--deny-warnings', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});

const files = listSourceFiles(root);
const breaches = files.flatMap((path) => findBreaches(path, readFileSync(join(root, path), 'utf8')));
for (const { path, line, rule, message } of breaches) console.error(`${path}:${line}: ${message} [${rule}]`);

const lockFile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const gaps = [
  ...findUnpinnedPackages(lockFile).map((name) => `package-lock.json does not pin ${name}`),
  ...findPinnedAddresses(lockFile).map((path) => `package-lock.json names a download address for ${path}`),
];
for (const gap of gaps) console.error(gap);

console.log(`House rules: ${files.length} files, ${breaches.length} breaches. Lock file: ${gaps.length} gaps.`);
process.exitCode = status === 0 && files.length > 0 && breaches.length === 0 && gaps.length === 0 ? 0 : 1;
