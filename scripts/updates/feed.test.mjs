import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSignedFeed } from '../../electron/services/updates/signed-feed.ts';
import { describePackage, makeKey, readPackage, signFeed } from './feed.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-feed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('signFeed', () => {
  // A release that no installed copy believes would only be noticed by nobody updating.
  it('makes what an installed copy believes, with the key it has', async () => {
    writeFileSync(join(folder, 'Sotto-0.2.0-linux-x64.AppImage'), 'a package');
    const { privateKeyPem, publicKey } = makeKey('four words are enough');
    const packages = [await readPackage(join(folder, 'Sotto-0.2.0-linux-x64.AppImage'))];
    const feed = { format: 1, version: '0.2.0', rolloutPercent: 10, notes: 'Faster – überall.', packages };
    const signed = signFeed(feed, privateKeyPem, 'four words are enough');
    expect(readSignedFeed(signed, [publicKey])).toEqual(feed);
    expect(() => readSignedFeed(signed, [makeKey('x').publicKey])).toThrow('not signed by a known key');
  });

  it('does not sign without the passphrase', () => {
    const { privateKeyPem } = makeKey('four words are enough');
    expect(() => signFeed({}, privateKeyPem, 'wrong')).toThrow(/bad decrypt|decrypt/i);
  });
});

describe('describePackage', () => {
  it.each([
    ['Sotto-0.2.0-win-x64.exe', 'nsis', 'x64'],
    ['Sotto-0.2.0-mac-arm64.dmg', 'dmg', 'arm64'],
    ['Sotto-0.2.0-linux-x86_64.AppImage', 'appimage', 'x64'],
    ['sotto_0.2.0_amd64.deb', 'deb', 'x64'],
    ['sotto-0.2.0.aarch64.rpm', 'rpm', 'arm64'],
  ])('%s', (name, kind, architecture) => {
    expect(describePackage(join('/release', name))).toEqual({ kind, architecture, name });
  });

  it.each(['Sotto.exe', 'Sotto-0.2.0-x64.zip', 'latest.yml'])('refuses %s', (name) => {
    expect(() => describePackage(name)).toThrow('does not say what it is');
  });
});
