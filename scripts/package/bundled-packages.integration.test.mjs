import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { billOfMaterials, licenceTexts, readBundled, shippedPackages } from './shipped-packages.mjs';
import { targetNamed } from './targets.mjs';

const root = join(import.meta.dirname, '../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const target = targetNamed('linux-x64');

// The packages of the page are for building only as far as the lock file knows, and yet their work is in the bundle.
describe('packages within the bundles', () => {
  const bundled = readBundled(root);
  const packages = shippedPackages(lock, target, bundled);
  const names = packages.map(({ name }) => name);

  it('are those that the page is made of, and no tools', () => {
    expect(names).toEqual(expect.arrayContaining(['react-dom', 'katex', '@base-ui/react', 'marked', 'lucide-react']));
    expect(names).toEqual(expect.arrayContaining(['electron', 'tailwindcss', 'inter', 'all-MiniLM-L6-v2']));
    expect(names.filter((name) => /^(?:vite|typescript|oxlint|electron-builder|jsdom)$/.test(name))).toEqual([]);
  });

  it('are each named with a licence, and most with its text', () => {
    const carried = packages.filter(({ folder }) => folder !== null && bundled.includes(folder));
    expect(carried.map(({ folder }) => folder).toSorted()).toEqual([...bundled].toSorted());
    expect(carried.filter(({ licence }) => licence === 'unknown')).toEqual([]);
    const texts = licenceTexts(packages, root);
    for (const words of ['Meta Platforms', 'Khan Academy', 'SIL OPEN FONT LICENSE']) expect(texts).toContain(words);
  });

  it('are in the bill of materials, once each', () => {
    const { components } = JSON.parse(billOfMaterials(packages, { version: '1.2.3', target }));
    const keys = components.map(({ name, version }) => `${name}@${version}`);
    expect(components.find(({ name }) => name === 'react-dom')?.purl).toMatch(/^pkg:npm\/react-dom@19/);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('that the lock file does not know stop the packaging', () => {
    expect(() => shippedPackages(lock, target, ['node_modules/stranger'])).toThrow(/stranger/);
  });
});
