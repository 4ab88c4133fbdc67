import { afterAll, describe, expect, it } from 'vitest';
import { hostileMarkdown } from '../../electron/testing/hostile-markdown.ts';
import { onBenchPage, openBenchPage } from './open-bench-page.ts';

/** Each text whole and cut at a few places, among them those where a mark is half written. */
function cutsOf(text: string): readonly number[] {
  const third = Math.ceil(text.length / 3);
  return [1, third, 2 * third, text.length - 1, text.length].filter((length) => length > 0 && length <= text.length);
}

describe.each([
  ["under the product's policy", true],
  ['under no policy, so that rendering alone has to hold', false],
])('hostile text %s', async (_, hasPolicy) => {
  const bench = await openBenchPage({ hasPolicy });
  afterAll(() => bench[Symbol.asyncDispose]());

  // Every prefix of every text: npm run campaign -- markdown-hostile.
  it('stays text in Chromium: nothing active, nothing asked for, no dialog', async () => {
    expect(hostileMarkdown.length).toBeGreaterThanOrEqual(500);
    const found: string[] = [];
    for (const { name, text } of hostileMarkdown) {
      for (const flaw of await onBenchPage(bench.page, 'findActive', text, cutsOf(text)))
        found.push(`${name}: ${flaw}`);
    }
    expect(found).toEqual([]);
    expect(bench.attempts).toEqual([]);
  });

  it('would be noticed if it did not', async () => {
    // Catches a check that sees nothing: the same page, with what the renderer must never make.
    const seen = await bench.page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'https://evil.example/seen.png';
      document.body.append(image);
      return new Promise((resolve) => image.addEventListener('error', () => resolve('refused')));
    });
    expect(seen).toBe('refused');
    expect(bench.attempts.splice(0).join('\n')).toContain('evil.example/seen.png');
  });
});
