// Plants imports in a tree of the product's folder names and lets the real check judge them. The tables below are
// written out by hand, from the design and not from import-table.mjs: a row that is wrong, missing, or lost by the rule
// generator shows here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiseProduct } from './cruise.mjs';

const allParts = 'shared guards platform egress storage inference parsing providers services/chat services/models api';
const doorParts = 'app api guards platform inference parsing shared';
const inElectron = (names) => names.split(' ').map((name) => `electron/${name}`);

/** Which folder may take a value from which, one row per folder of the product. */
const allowed = {
  'electron/shared': [],
  'electron/guards': inElectron('shared'),
  'electron/platform': inElectron('shared'),
  'electron/egress': inElectron('shared platform'),
  'electron/storage': inElectron('shared platform storage/worker'),
  'electron/storage/worker': inElectron('shared platform storage'),
  'electron/inference': inElectron('shared platform'),
  'electron/inference/worker': inElectron('shared'),
  'electron/parsing': inElectron('shared platform'),
  'electron/parsing/worker': inElectron('shared'),
  'electron/providers': inElectron('shared platform egress inference'),
  'electron/services/chat': inElectron('shared platform egress storage inference parsing providers'),
  'electron/services/models': inElectron('shared platform egress storage inference parsing providers'),
  'electron/api': inElectron('shared services/chat services/models'),
  'electron/app': inElectron(allParts),
  'electron/main': inElectron(doorParts),
  'electron/host': inElectron(doorParts),
  'electron/cli': inElectron(doorParts),
  'electron/preload': [],
  'electron/testing': inElectron(
    `${allParts} app main host cli preload storage/worker inference/worker parsing/worker`,
  ),
  'renderer/app': [
    'renderer/features/chat',
    'renderer/features/documents',
    'renderer/api',
    'renderer/ui',
    'renderer/lib',
    'renderer/styles',
    'electron/shared',
  ],
  'renderer/features/chat': ['renderer/api', 'renderer/ui', 'renderer/lib', 'electron/shared'],
  'renderer/features/documents': ['renderer/api', 'renderer/ui', 'renderer/lib', 'electron/shared'],
  'renderer/api': ['electron/shared'],
  'renderer/ui': ['renderer/lib'],
  'renderer/lib': ['renderer/ui'],
  'renderer/styles': [],
};

/** Beside the rows above: what a folder may take only the types of. */
const allowedTypes = {
  'electron/preload': ['electron/shared'],
  'renderer/api': ['electron/api'],
  'renderer/ui': ['electron/shared'],
  'renderer/lib': ['electron/shared'],
};

const orpcServerOwners = inElectron('api app main host cli');
const windowFolders = Object.keys(allowed).filter((folder) => folder.startsWith('renderer/'));

/** Which folders may import a package. */
const owners = {
  keytar: ['electron/platform'],
  undici: ['electron/egress'],
  'better-sqlite3-multiple-ciphers': inElectron('storage storage/worker'),
  'sqlite-vec': inElectron('storage storage/worker'),
  'node-llama-cpp': ['electron/inference/worker'],
  'pdfjs-dist': ['electron/parsing/worker'],
  '@napi-rs/canvas': ['electron/parsing/worker'],
  mammoth: ['electron/parsing/worker'],
  'tesseract.js': ['electron/parsing/worker'],
  ai: ['electron/providers'],
  '@ai-sdk/openai': ['electron/providers'],
  electron: inElectron('main preload'),
  ws: ['electron/host'],
  'node:http': ['electron/host'],
  https: ['electron/host'],
  '@orpc/client': [...inElectron('app host cli'), 'renderer/api'],
  '@orpc/server': orpcServerOwners,
  '@orpc/tanstack-query': ['renderer/api'],
  '@tanstack/react-router': ['renderer/app'],
  react: windowFolders,
  '@base-ui/react': windowFolders,
};

const folders = Object.keys(allowed);
const target = (folder) => `${folder}/target.ts`;
let root = '';
let result = { modules: 0, violations: [] };

function write(path, imports) {
  const lines = imports.map(([specifier, typeOnly], index) => {
    const from = specifier.endsWith('.ts') ? `./${relative(dirname(path), specifier)}` : specifier;
    return `import ${typeOnly ? 'type ' : ''}{ value as v${index} } from '${from}';`;
  });
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `${lines.join('\n')}\nexport const value = 1;\n`);
}

/** The names of the rules that an edge breaks. */
const rulesBroken = (from, to) =>
  result.violations
    .filter((violation) => violation.from === from && violation.to === to)
    .map(({ rule }) => rule)
    .filter((rule) => rule !== 'every import is found');

const isCaught = (from, to) => rulesBroken(from, to).length > 0;

const extra = {
  'electron/inference/protocol.ts': [],
  'electron/parsing/protocol/message.ts': [],
  'electron/inference/worker/speaks.ts': [['electron/inference/protocol.ts']],
  'electron/parsing/worker/speaks.ts': [['electron/parsing/protocol/message.ts']],
  'electron/parsing/worker/overhears.ts': [['electron/inference/protocol.ts']],
  'electron/services/models/models-service.ts': [],
  'electron/services/chat/by-the-door.ts': [['electron/services/models/models-service.ts', true]],
  'electron/services/chat/value-by-the-door.ts': [['electron/services/models/models-service.ts']],
  'electron/services/chat/by-the-window.ts': [['electron/services/models/target.ts', true]],
  'electron/services/chat/by-the-wrong-door.ts': [['electron/services/models/chat-service.ts', true]],
  'electron/services/models/chat-service.ts': [],
  'electron/inference/launchers/utility-process-launcher.ts': [['electron']],
  'electron/parsing/launchers/utility-process-launcher.ts': [['electron']],
  'electron/inference/launchers/child-process-launcher.ts': [['electron']],
  'electron/services/chat/chat.test.ts': [['electron/testing/target.ts'], ['electron/app/target.ts'], ['ws']],
  'electron/services/chat/window.test.ts': [['renderer/ui/target.ts']],
  'renderer/features/chat/chat.test.ts': [['electron/testing/target.ts'], ['node:fs']],
  'electron/app/borrows-a-test.ts': [['electron/services/chat/chat.test.ts']],
  'electron/app/borrows-a-script.ts': [['scripts/tool.ts']],
  'scripts/tool.ts': [],
  'electron/guards/round.ts': [['electron/guards/trip.ts']],
  'electron/guards/trip.ts': [['electron/guards/round.ts']],
  'electron/guards/knows.ts': [['electron/guards/known.ts']],
  'electron/guards/known.ts': [['electron/guards/knows.ts', true]],
  'electron/attic/old.ts': [['electron/shared/target.ts']],
  'renderer/api/router-type.ts': [['@orpc/server', true]],
  'renderer/ui/reads-a-file.ts': [['node:fs']],
  'electron/shared/reads-a-file.ts': [['node:fs']],
  'electron/preload/reads-a-file.ts': [['node:fs']],
  'electron/platform/reads-a-file.ts': [['node:fs']],
};

beforeAll(async () => {
  const cache = join(import.meta.dirname, '../../.cache');
  mkdirSync(cache, { recursive: true });
  root = mkdtempSync(join(cache, 'boundaries-'));
  for (const folder of folders) {
    const others = folders.filter((other) => other !== folder).map(target);
    write(target(folder), []);
    write(
      `${folder}/values.ts`,
      [...others, ...Object.keys(owners)].map((specifier) => [specifier]),
    );
    write(
      `${folder}/types-only.ts`,
      others.map((specifier) => [specifier, true]),
    );
  }
  for (const [path, imports] of Object.entries(extra)) write(path, imports);
  result = await cruiseProduct(root);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('import table', () => {
  it.each(folders)('judges what %s imports from every other folder', (folder) => {
    const others = folders.filter((other) => other !== folder);
    const passed = others.filter((other) => !isCaught(`${folder}/values.ts`, target(other)));
    expect(new Set(passed)).toEqual(new Set(allowed[folder]));
  });

  it.each(folders)('judges what %s imports as a type', (folder) => {
    const others = folders.filter((other) => other !== folder);
    const passed = others.filter((other) => !isCaught(`${folder}/types-only.ts`, target(other)));
    expect(new Set(passed)).toEqual(new Set([...allowed[folder], ...(allowedTypes[folder] ?? [])]));
  });

  it.each(Object.keys(owners))('leaves %s to its owners', (name) => {
    const isSame = (to) =>
      to.includes(`node_modules/${name}/`) || to.replace('node:', '') === name.replace('node:', '');
    const isOwnedElsewhere = (folder) =>
      result.violations.some(
        ({ from, to, rule }) => from === `${folder}/values.ts` && isSame(to) && rule !== 'every import is found',
      );
    const passed = folders.filter((folder) => !isOwnedElsewhere(folder));
    // Test fakes may use any package.
    expect(new Set(passed)).toEqual(new Set([...owners[name], 'electron/testing']));
  });
});

describe('boundary rules', () => {
  const caught = [
    ['electron/parsing/worker/overhears.ts', 'electron/inference/protocol.ts'],
    ['electron/services/chat/value-by-the-door.ts', 'electron/services/models/models-service.ts'],
    ['electron/services/chat/by-the-window.ts', 'electron/services/models/target.ts'],
    ['electron/services/chat/by-the-wrong-door.ts', 'electron/services/models/chat-service.ts'],
    ['electron/services/chat/window.test.ts', 'renderer/ui/target.ts'],
    ['electron/app/borrows-a-test.ts', 'electron/services/chat/chat.test.ts'],
    ['electron/app/borrows-a-script.ts', 'scripts/tool.ts'],
    ['electron/guards/round.ts', 'electron/guards/trip.ts'],
    ['electron/attic/old.ts', 'electron/shared/target.ts'],
  ];
  const allowedEdges = [
    ['electron/inference/worker/speaks.ts', 'electron/inference/protocol.ts'],
    ['electron/parsing/worker/speaks.ts', 'electron/parsing/protocol/message.ts'],
    ['electron/services/chat/by-the-door.ts', 'electron/services/models/models-service.ts'],
    ['electron/services/chat/chat.test.ts', 'electron/testing/target.ts'],
    ['electron/services/chat/chat.test.ts', 'electron/app/target.ts'],
    ['renderer/features/chat/chat.test.ts', 'electron/testing/target.ts'],
    ['electron/guards/knows.ts', 'electron/guards/known.ts'],
  ];
  const brokenBy = (path) =>
    result.violations.filter(({ from, rule }) => from === path && rule !== 'every import is found');

  it.each(caught)('catch %s → %s', (from, to) => expect(rulesBroken(from, to)).not.toEqual([]));

  it.each(allowedEdges)('allow %s → %s', (from, to) => expect(rulesBroken(from, to)).toEqual([]));

  it.each(['renderer/ui', 'electron/shared', 'electron/preload'])('keep Node out of %s', (folder) => {
    expect(brokenBy(`${folder}/reads-a-file.ts`)).toHaveLength(1);
  });

  it('leave Node to the rest of electron', () => expect(brokenBy('electron/platform/reads-a-file.ts')).toEqual([]));

  it('give the electron package to the two utility-process launchers and to no other', () => {
    expect(brokenBy('electron/inference/launchers/utility-process-launcher.ts')).toEqual([]);
    expect(brokenBy('electron/parsing/launchers/utility-process-launcher.ts')).toEqual([]);
    expect(brokenBy('electron/inference/launchers/child-process-launcher.ts')).toHaveLength(1);
  });

  it('let the window take the type of the router', () => expect(brokenBy('renderer/api/router-type.ts')).toEqual([]));

  it('report an import that leads nowhere', () => {
    const lost = result.violations.filter(({ rule }) => rule === 'every import is found').map(({ to }) => to);
    expect(lost).toContain('mammoth');
  });

  it('say that nothing was read when there is no product', async () => {
    const empty = mkdtempSync(join(root, 'empty-'));
    mkdirSync(join(empty, 'electron'));
    expect(await cruiseProduct(empty)).toEqual({ modules: 0, violations: [] });
  });
});
