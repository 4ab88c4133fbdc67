import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builderConfig } from './builder-config.mjs';
import { writeIcns, writeIco } from './icon-files.mjs';
import { findFaults } from './inspect-package.mjs';
import { isWanted, nativePackageNames } from './package-files.mjs';
import { billOfMaterials, licenceTexts, shippedPackages } from './shipped-packages.mjs';
import { targetNamed, targetOf, targets } from './targets.mjs';

const root = join(import.meta.dirname, '../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

describe('native packages', () => {
  // An app without the engine of its system starts and cannot answer; one with all of them is a gigabyte.
  it.each([
    [
      'linux-x64',
      [
        '@napi-rs/canvas-linux-x64-gnu',
        '@node-llama-cpp/linux-x64',
        '@node-llama-cpp/linux-x64-vulkan',
        'sqlite-vec-linux-x64',
      ],
    ],
    ['linux-arm64', ['@napi-rs/canvas-linux-arm64-gnu', '@node-llama-cpp/linux-arm64', 'sqlite-vec-linux-arm64']],
    ['mac-arm64', ['@napi-rs/canvas-darwin-arm64', '@node-llama-cpp/mac-arm64-metal', 'sqlite-vec-darwin-arm64']],
    ['mac-x64', ['@napi-rs/canvas-darwin-x64', '@node-llama-cpp/mac-x64', 'sqlite-vec-darwin-x64']],
    [
      'win-x64',
      [
        '@napi-rs/canvas-win32-x64-msvc',
        '@node-llama-cpp/win-x64',
        '@node-llama-cpp/win-x64-vulkan',
        'sqlite-vec-windows-x64',
      ],
    ],
  ])('of %s are its own', (name, wanted) => {
    const target = targetNamed(name);
    expect(
      nativePackageNames(lock)
        .filter((one) => isWanted(one, target))
        .sort(),
    ).toEqual([...wanted].sort());
  });

  // A new package with native files would go into every app, for every system.
  it('are all of a kind that is known', () => {
    const none = { ...targetNamed('linux-x64'), os: 'none', cpu: 'none', engines: [] };
    expect(nativePackageNames(lock).filter((one) => isWanted(one, none))).toEqual([]);
  });

  it('leave CUDA out everywhere', () => {
    for (const target of targets) {
      expect(nativePackageNames(lock).filter((one) => /cuda/.test(one) && isWanted(one, target))).toEqual([]);
    }
  });
});

describe('findFaults', () => {
  const target = targetNamed('linux-x64');
  const file = (path, change = {}) => ({ path, sizeBytes: 1, isUnpacked: true, ...change });
  const whole = [
    'package.json',
    'out/preload/index.cjs',
    'out/renderer/index.html',
    ...['index', 'cli', 'inference-worker', 'parsing-worker', 'storage-worker'].map((name) => `out/main/${name}.js`),
    'resources/models/embedder.gguf',
    'resources/answers/calibration.json',
    'node_modules/node-llama-cpp/dist/index.js',
    'node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node',
    'node_modules/keytar/prebuilds/linux-x64/keytar.node',
    'node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs',
    'node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
    'node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libllama.so',
    'node_modules/@node-llama-cpp/linux-x64-vulkan/bins/linux-x64-vulkan/libllama.so',
  ].map((path) => file(path));

  it('finds none in what is whole', () => {
    expect(findFaults(whole, target)).toEqual([]);
  });

  it.each([
    ['a native file of another system', file('node_modules/keytar/prebuilds/darwin-x64/keytar.node'), /another system/],
    ['one of another processor', file('node_modules/keytar/prebuilds/linux-arm64/keytar.node'), /another system/],
    ['a library of Windows', file('node_modules/x/bin/vulkan.dll'), /another system/],
    ['CUDA', file('node_modules/@node-llama-cpp/linux-x64-cuda/bins/libggml-cuda.so'), /another system/],
    ['a model inside the archive', file('resources/models/other.gguf', { isUnpacked: false }), /in the archive/],
    ['a source map', file('out/main/index.js.map'), /of no use/],
    ['tests', file('node_modules/x/test/a.js'), /of no use/],
    ['too much', file('resources/large', { sizeBytes: 2 ** 30 }), /are more than/],
  ])('finds %s', (_, extra, words) => {
    expect(findFaults([...whole, extra], target)).toEqual([expect.stringMatching(words)]);
  });

  it('finds what is missing', () => {
    for (const missing of whole) {
      expect(
        findFaults(
          whole.filter((one) => one !== missing),
          target,
        ),
      ).toHaveLength(1);
    }
  });
});

describe('what ships', () => {
  const packages = shippedPackages(lock, targetNamed('linux-x64'));

  it('is named with a licence that may be given on, and with its text where it has one', () => {
    const allowed =
      /^\(?(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|AFL-2\.1|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0|Zlib|WTFPL|MIT-0)(?:\)? (?:AND|OR) .+)?\)?$/;
    expect(
      packages.filter(({ licence }) => !allowed.test(licence)).map(({ name, licence }) => `${name}: ${licence}`),
    ).toEqual([
      // Fonts that may be given on with their licence.
      expect.stringMatching(/^dejavu-fonts-ttf: /),
      'inter: OFL-1.1',
    ]);
    const texts = licenceTexts(packages, root);
    for (const name of ['pdfjs-dist', 'node-llama-cpp']) expect(texts).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(texts.length).toBeGreaterThan(50_000);
  });

  it('is the same list for the same lock file, without what only builds', () => {
    const bill = billOfMaterials(packages, { version: '1.2.3', target: targetNamed('linux-x64') });
    expect(
      billOfMaterials(shippedPackages(lock, targetNamed('linux-x64')), {
        version: '1.2.3',
        target: targetNamed('linux-x64'),
      }),
    ).toBe(bill);
    const names = JSON.parse(bill).components.map(({ name }) => name);
    expect(names).toContain('better-sqlite3-multiple-ciphers');
    expect(names).not.toContain('electron-builder');
    expect(names).not.toContain('vitest');
  });
});

describe('builderConfig', () => {
  it('sets every fuse where a real Electron is packed, and none on a stand-in', () => {
    expect(Object.keys(builderConfig(targetNamed('win-x64'), { lock }).electronFuses)).toHaveLength(8);
    expect(builderConfig(targetNamed('linux-x64'), { lock, electronDist: 'x' })).not.toHaveProperty('electronFuses');
  });

  it('publishes nothing by itself', () => {
    for (const target of targets) expect(builderConfig(target, { lock }).publish).toBeNull();
  });

  // Without it an installed deb does not know what it is, and is never offered a newer version.
  it('lets deb and rpm say what they are', () => {
    const { deb, rpm } = builderConfig(targetNamed('linux-x64'), { lock, packageTypes: '/work' });
    expect(deb.fpm).toEqual(['/work/deb=/opt/Sotto/resources/package-type']);
    expect(rpm.fpm).toEqual(['/work/rpm=/opt/Sotto/resources/package-type']);
  });

  // The builder refuses to make either without, at the very end of a release.
  it('names a homepage and a maintainer for deb and rpm, those of the release where there is one', () => {
    const target = targetNamed('linux-x64');
    const own = builderConfig(target, { lock });
    expect([own.extraMetadata.homepage, own.linux.maintainer]).toEqual([
      expect.stringMatching(/^https:/),
      expect.stringMatching(/^.+ <.+@.+>$/),
    ]);
    const environment = {
      GITHUB_SERVER_URL: 'https://forge.example',
      GITHUB_REPOSITORY: 'some/app',
      SOTTO_MAINTAINER: 'A <a@b.example>',
    };
    const released = builderConfig(target, { lock, environment });
    expect(released.extraMetadata.homepage).toBe('https://forge.example/some/app');
    expect(released.linux.maintainer).toBe('A <a@b.example>');
  });

  it('notarises where the release machine says how', () => {
    const target = targetNamed('mac-arm64');
    expect(builderConfig(target, { lock }).mac.notarize).toBe(false);
    expect(builderConfig(target, { lock, environment: { APPLE_API_KEY: '' } }).mac.notarize).toBe(false);
    expect(builderConfig(target, { lock, environment: { APPLE_API_KEY: 'key.p8' } }).mac.notarize).toBe(true);
  });
});

describe('targets', () => {
  it('are found by machine, and unknown ones are told with all names', () => {
    expect(targetOf('darwin', 'arm64')?.name).toBe('mac-arm64');
    expect(targetOf('win32', 'arm64')).toBeNull();
    expect(() => targetNamed('beos')).toThrow(/linux-x64.*win-x64/);
  });
});

describe('icon files', () => {
  const png = (side) => readFileSync(join(root, `resources/icons/app/${side}x${side}.png`));
  const pictures = [16, 32, 256, 512].map((side) => ({ side, png: png(side) }));
  const signature = '89504e470d0a1a0a';

  // A wrong offset shows an empty square in the taskbar.
  it('hold each picture where their directory says', () => {
    const ico = writeIco(pictures);
    expect(ico.readUInt16LE(4)).toBe(3);
    for (let index = 0; index < 3; index += 1) {
      const [length, offset] = [ico.readUInt32LE(6 + index * 16 + 8), ico.readUInt32LE(6 + index * 16 + 12)];
      expect(ico.subarray(offset, offset + 8).toString('hex')).toBe(signature);
      expect(ico.subarray(offset, offset + length)).toEqual(pictures[index].png);
    }
    const icns = writeIcns(pictures);
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    let at = 8;
    const types = [];
    while (at < icns.length) {
      types.push(icns.toString('ascii', at, at + 4));
      expect(icns.subarray(at + 8, at + 16).toString('hex')).toBe(signature);
      at += icns.readUInt32BE(at + 4);
    }
    expect(types).toEqual(['icp4', 'icp5', 'ic11', 'ic08', 'ic13', 'ic09', 'ic14']);
  });
});
