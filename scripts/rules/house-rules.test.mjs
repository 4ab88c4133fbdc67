import { describe, expect, it } from 'vitest';
import { findBreaches } from './house-rules.mjs';

const rulesBroken = (path, text) => findBreaches(path, text).map(({ rule }) => rule);

describe('house rules', () => {
  it.each([
    ['no-empty-name', 'electron/chat/utils.ts', ''],
    ['no-empty-name', 'renderer/lib/helpers.test.tsx', ''],
    ['no-empty-name', 'electron/common/clock.ts', ''],
    ['no-barrel', 'renderer/ui/button.ts', "export * from './a.ts';"],
    ['no-barrel', 'renderer/ui/index.ts', "export { a } from './a.ts';"],
    ['documented-export', 'electron/shared/a.ts', 'export const a = 1;'],
    ['documented-export', 'electron/shared/a.ts', '// why\nexport function a() {}'],
    ['documented-export', 'electron/shared/a.ts', '/** One. */\nexport type A = 1;\n\nexport type B = 2;'],
    ['no-module-state', 'electron/app/a.ts', 'let count = 0;'],
    ['no-module-state', 'renderer/lib/a.ts', 'const seen = new Map<string, number>();'],
    [
      'explained-assertion',
      'electron/app/a.ts',
      'function a(b: unknown) {\n  const c = 1;\n\n  return b as string;\n}',
    ],
    ['no-interface-prefix', 'renderer/lib/a.ts', 'interface IClock { readonly now: number }'],
    ['no-enum', 'renderer/lib/a.ts', 'declare enum A { B }'],
    ['no-html-sink', 'renderer/ui/a.tsx', 'const a = <p dangerouslySetInnerHTML={{ __html: b }} />;'],
    ['no-html-sink', 'renderer/ui/a.ts', 'node.innerHTML = text;'],
    ['no-html-sink', 'renderer/ui/a.ts', "node['insertAdjacentHTML']('beforeend', text);"],
    ['no-html-sink', 'renderer/ui/a.tsx', 'const a = <iframe srcDoc={text} title="a" />;'],
  ])('catch %s in %s', (rule, path, text) => expect(rulesBroken(path, text)).toContain(rule));

  it.each([
    ['electron/shared/a.ts', '/** A clock. */\nexport const a = 1;\nexport type A = typeof a;'],
    ['electron/shared/a.ts', '/** A place. */\nexport const a = z.string();\n\nexport type A = z.infer<typeof a>;'],
    ['electron/app/a.ts', 'export type A = {\n  /** In bytes. */\n  readonly size: number;\n};'],
    ['electron/app/a.test.ts', 'let count = 0;\nexport const a = b as string;'],
    ['electron/app/a.ts', 'const names = ["a"] as const;\nconst known = new Set(names);'],
    ['electron/app/a.ts', '// The schema has just proved it.\nconst a = b as string;'],
    ['renderer/app/main.tsx', "import { a } from './a.ts';\nexport const b = a;"],
  ])('pass %s', (path, text) => expect(rulesBroken(path, text)).toEqual([]));

  it('name the line', () => {
    expect(findBreaches('renderer/lib/a.ts', '\n\nlet a = 0;')).toMatchObject([{ line: 3, path: 'renderer/lib/a.ts' }]);
  });
});
