import { describe, expect, it } from 'vitest';
import { packagesForThisSystem } from './install-packages.mjs';
import { findNode } from './node-binary.mjs';

describe('packages for this system', () => {
  const packages = {
    '': {},
    'node_modules/everywhere': {},
    'node_modules/a-linux-x64': { os: ['linux'], cpu: ['x64'] },
    'node_modules/a-win32-x64': { os: 'win32', cpu: 'x64' },
    'node_modules/not-on-windows': { os: ['!win32'] },
  };

  it.each([
    ['linux', 'x64', ['everywhere', 'a-linux-x64', 'not-on-windows']],
    ['linux', 'arm64', ['everywhere', 'not-on-windows']],
    ['win32', 'x64', ['everywhere', 'a-win32-x64']],
  ])('leave out those of other systems on %s %s', (platform, arch, names) => {
    const paths = names.map((name) => `node_modules/${name}`);
    expect(packagesForThisSystem({ packages }, { platform, arch })).toEqual(paths);
  });
});

describe('the Node to run with', () => {
  const without = { platform: 'darwin', arch: 'arm64', execPath: '/own/node' };

  it('is the own one when no package brings one and it is new enough', () => {
    expect(findNode('/nowhere', { ...without, versions: { node: '24.1.0' } })).toBe('/own/node');
  });

  it('is none when the own one is too old', () => {
    expect(findNode('/nowhere', { ...without, versions: { node: '20.19.0' } })).toBeUndefined();
  });
});
