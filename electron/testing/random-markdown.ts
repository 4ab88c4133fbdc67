/** Blocks and fragments of Markdown, sound and broken, that meet in every order. */
const pieces: readonly string[] = [
  'A sentence with **bold**, *soft* and `code`.',
  '# Title',
  '## Smaller ##',
  '- first\n- second\n  - nested\n    - deeper',
  '1. one\n2. two\n\n   still two',
  '7) seven\n8) eight',
  '> quoted\n> twice\n> - listed',
  '> lazy\ncontinued',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '```python\ndef f():\n    return 1',
  '~~~\nfenced\n~~~',
  '| a | b |\n|---|:-:|\n| 1 | $x$ |\n| **2** | `c` |',
  '---',
  '* * *',
  'Line one\nline two  \nline three',
  '    indented code\n\n    more of it',
  '<div>markup</div>',
  '<div>\n\n*soft*\n\n</div>',
  'Text\n===',
  'Text\n---',
  '- loose\n\n- list\n\n  with a paragraph',
  '- [ ] open\n- [x] done',
  'See [one][r], [two], [three](https://example.org) and ![four](https://example.org/a.png).',
  '[r]: https://example.org/r "R"',
  '[two]: <https://example.org/two>',
  '[Three]: https://example.org/three',
  'A note.[^1]\n\n[^1]: what it says',
  'Let $x^2 + y_1$ be, and \\(a\\).',
  '$$\na\n+ b\n- c\n$$',
  'Then\n\\[\n\\frac{a}{b}\n\\]\nand on.',
  '$$ open',
  '\\[ open',
  'It costs $5 and $10.',
  '**half *open',
  '[half](https://exam',
  '~~gone~~ and <https://example.org> and &amp; &nothing;',
  'Hard\\\nbreak and \\*escapes\\*',
  '<!-- a comment',
  '<script>alert(1)</script>',
  '\t- a tab\n\t\t- two',
  '+ plus\n+ list',
  '10. ten\n    ```sh\n    ls\n    ```',
  '> ```\n> quoted code\n> ```',
  '\u200b\u00a0ünï 漢字 🙂',
];

const gaps: readonly string[] = ['\n\n', '\n\n', '\n\n', '\n', '\n\n\n', ' ', '\r\n\r\n'];

/** A text of 2 to 17 blocks, the same for the same sequence of random numbers. */
export function randomMarkdown(random: () => number): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const count = 2 + Math.floor(random() * 16);
  return Array.from({ length: count }, () => pick(pieces) + pick(gaps)).join('');
}

/** Where the text is cut when it comes in pieces of up to `longest` characters; the last cut is before its end. */
export function randomCuts(text: string, longest: number, random: () => number): readonly number[] {
  const cuts: number[] = [];
  for (let end = 1; end < text.length; end += 1 + Math.floor(random() * longest)) cuts.push(end);
  return cuts;
}
