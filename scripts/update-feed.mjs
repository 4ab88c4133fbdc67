// `node scripts/update-feed.mjs new-key FILE` makes the key that releases are signed with;
// `node scripts/update-feed.mjs sign --key FILE --version X.Y.Z [--percent N] [--notes FILE] --out FILE PACKAGE…` writes the
// feed of a release. The passphrase of the key is asked of SOTTO_UPDATE_KEY_PASSPHRASE. See docs/releasing.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeKey, readPackage, signFeed } from './updates/feed.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    version: { type: 'string' },
    percent: { type: 'string', default: '100' },
    notes: { type: 'string' },
    out: { type: 'string' },
  },
});
const [command, ...paths] = positionals;
const passphrase = process.env.SOTTO_UPDATE_KEY_PASSPHRASE;

function newKey() {
  const [path] = paths;
  if (path === undefined || passphrase === undefined)
    throw new Error('A file and SOTTO_UPDATE_KEY_PASSPHRASE are needed.');
  const { privateKeyPem, publicKey } = makeKey(passphrase);
  writeFileSync(path, privateKeyPem, { mode: 0o600, flag: 'wx' });
  console.log(publicKey);
}

async function signRelease() {
  const { key, version, percent, notes, out } = values;
  const rolloutPercent = Number(percent);
  const isComplete = key !== undefined && out !== undefined && paths.length > 0;
  if (!isComplete || !/^\d+\.\d+\.\d+$/.test(version ?? '') || !(rolloutPercent >= 0 && rolloutPercent <= 100)) {
    throw new Error('--key, --version X.Y.Z, --percent 0 to 100, --out and at least one package are needed.');
  }
  const packages = [];
  for (const path of paths) packages.push(await readPackage(path));
  const text = notes === undefined ? '' : readFileSync(notes, 'utf8').trim();
  const feed = { format: 1, version, rolloutPercent, notes: text, packages };
  writeFileSync(out, signFeed(feed, readFileSync(key, 'utf8'), passphrase));
}

try {
  if (command === 'new-key') newKey();
  else if (command === 'sign') await signRelease();
  else throw new Error('new-key or sign?');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
