// `npm run campaign -- markdown-hostile`: every hostile text cut at every place, as it grows and as if it ended there, in
// Chromium under the product's policy and under none. Ends with 1 when anything became active or left the page.
import { hostileMarkdown } from '../../electron/testing/hostile-markdown.ts';
import { onBenchPage, openBenchPage } from '../render-bench/open-bench-page.ts';

for (const hasPolicy of [true, false]) {
  await using bench = await openBenchPage({ hasPolicy });
  let renderings = 0;
  const found: string[] = [];
  for (const { name, text } of hostileMarkdown) {
    const lengths = Array.from({ length: text.length }, (_, index) => index + 1);
    for (const flaw of await onBenchPage(bench.page, 'findActive', text, lengths)) found.push(`${name}: ${flaw}`);
    renderings += 2 * lengths.length + 1;
  }
  for (const flaw of [...found, ...bench.attempts]) console.error(flaw);
  if (found.length > 0 || bench.attempts.length > 0) process.exitCode = 1;
  const policy = hasPolicy ? "the product's policy" : 'no policy';
  console.log(
    `${hostileMarkdown.length} texts, ${renderings} renderings under ${policy}: ` +
      `${found.length} active, ${bench.attempts.length} attempts.`,
  );
}
