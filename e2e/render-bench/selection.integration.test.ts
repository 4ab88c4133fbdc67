import { afterAll, describe, expect, it } from 'vitest';
import { longAnswers } from './long-answers.ts';
import { onBenchPage, openBenchPage } from './open-bench-page.ts';

const blocks: readonly (readonly [kind: string, block: string, selector: string])[] = [
  ['a paragraph', 'A paragraph with **bold** words to select.', '.prose > p'],
  ['coloured code', '```ts\nconst selected = "these words";\n```', '.prose code'],
  ['a table', '| a | b |\n|---|---|\n| select | me |', '.prose td'],
  ['a list', '- select me\n- and not me', '.prose li'],
  ['a formula', 'So $x^2 + y^2$ holds.', '.prose .katex-html'],
];

describe('a selection in a finished block', async () => {
  const bench = await openBenchPage({ hasPolicy: true });
  afterAll(() => bench[Symbol.asyncDispose]());
  const rest = longAnswers()[0]?.text ?? '';

  it.each(blocks)('of %s stays while 500 pieces follow and when the answer ends', async (_, block, selector) => {
    // Catches the block that is made anew when it is frozen, grouped or put right at the end.
    await onBenchPage(bench.page, 'show', '', false);
    await onBenchPage(bench.page, 'show', `${block}\n\nThe next`, true);
    const select = (name: string): string => {
      const element = document.querySelector(name);
      if (element === null) return 'nothing to select';
      getSelection()?.selectAllChildren(element);
      return String(getSelection());
    };
    const selected = await bench.page.evaluate(select, selector);
    expect(selected.length).toBeGreaterThan(3);
    const text = `${block}\n\nThe next ${rest}`;
    const begin = block.length + 10;
    for (let piece = 1; piece <= 500; piece += 1) {
      await onBenchPage(bench.page, 'show', text.slice(0, begin + piece * 24), true);
    }
    expect(await bench.page.evaluate(() => String(getSelection()))).toBe(selected);
    await onBenchPage(bench.page, 'show', text.slice(0, begin + 500 * 24), false);
    expect(await bench.page.evaluate(() => String(getSelection()))).toBe(selected);
  });
});
