import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { randomCuts, randomMarkdown } from '../../../electron/testing/random-markdown.ts';
import { createSeededRandom } from '../../../electron/testing/seeded-random.ts';
import { GrowingMarkdown } from './growing-markdown.ts';
import type { MarkdownGroups } from './growing-markdown.ts';

const flat = (groups: MarkdownGroups) => groups.flat();
const said = (groups: MarkdownGroups) => flat(groups).map(({ start, raw, token }) => ({ start, raw, token }));
const kinds = (blocks: MarkdownGroups) => flat(blocks).map(({ raw, token }) => [token.type, raw.trim()]);
const whole = (text: string) =>
  new Lexer({ gfm: true })
    .lex(text)
    .filter(({ type }) => type !== 'space')
    .map(({ type, raw }) => [type, raw.trim()]);

const pieces = [
  'A sentence with **bold**, *soft* and `code`.',
  '# Title',
  '- first\n- second\n  - nested',
  '> quoted\n> twice',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '    indented code',
  '<div>markup</div>',
  'Text\n===',
  '$$\na\n+ b\n$$',
];

describe('GrowingMarkdown', () => {
  it('ends with the blocks of the whole text when it came in pieces of any size', () => {
    // 4,000 texts, and what they become on the page: npm run campaign -- markdown-fuzz.
    for (let seed = 1; seed <= 120; seed += 1) {
      const random = createSeededRandom(seed);
      const text = randomMarkdown(random);
      const growing = new GrowingMarkdown();
      for (const end of randomCuts(text, 24, random)) growing.update(text.slice(0, end), true);
      const ended = said(growing.update(text, false));
      expect({ seed, blocks: ended }).toEqual({ seed, blocks: said(new GrowingMarkdown().update(text, false)) });
    }
  });

  it('shows no other blocks while the text grows than the text so far would have', () => {
    // Catches a block that is frozen too early. A link whose target is not known yet, a formula that a heading cuts in two
    // and half-open marks may differ until the end, so only what kind of block stands where is compared, without these.
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = createSeededRandom(seed);
      const text = randomMarkdown(random).replace(/\$\$|\\\[|\r/g, '');
      const growing = new GrowingMarkdown();
      for (const end of randomCuts(text, 40, random)) {
        const seen = flat(growing.update(text.slice(0, end), true)).slice(0, -1);
        const expected = flat(new GrowingMarkdown().update(text.slice(0, end), false)).slice(0, -1);
        expect({ seed, end, kinds: seen.map(({ start, token }) => [start, token.type]) }).toEqual({
          seed,
          end,
          kinds: expected.map(({ start, token }) => [start, token.type]),
        });
      }
    }
  });

  it('keeps the identity of finished blocks when more text comes', () => {
    // Catches a lexer that starts over: every block would be a new object, and React would render it again.
    const text = Array.from({ length: 12 }, (_, index) => `Paragraph ${index}.`).join('\n\n');
    const growing = new GrowingMarkdown();
    const before = growing.update(text, true).flat().slice(0, -3);
    const after = growing.update(`${text}\n\nOne more.`, true).flat();
    expect(before.length).toBeGreaterThanOrEqual(9);
    expect(after.slice(0, before.length).every((block, index) => block === before[index])).toBe(true);
  });

  it('places every block at its offset in the text', () => {
    const text = pieces.join('\n\n');
    const growing = new GrowingMarkdown();
    for (let end = 5; end < text.length; end += 5) growing.update(text.slice(0, end), true);
    for (const { start, raw } of flat(growing.update(text, false))) {
      expect(text.slice(start, start + raw.length)).toBe(raw);
    }
  });

  it('keeps every block in its group while more text comes, for a moved block would lose its selection', () => {
    const growing = new GrowingMarkdown();
    const groupOf = new Map<number, number>();
    const text = Array.from({ length: 120 }, (_, index) => `Paragraph ${index}.`).join('\n\n');
    for (let end = 10; end < text.length + 10; end += 10) {
      for (const [index, blocks] of growing.update(text.slice(0, end), end < text.length).entries()) {
        for (const { start } of blocks) {
          expect(groupOf.get(start) ?? index).toBe(index);
          groupOf.set(start, index);
        }
      }
    }
    expect(groupOf.size).toBe(120);
  });

  it('gives links their targets when these only come at the end', () => {
    // Catches the frozen block: it was done long before the definition came.
    const before = `See [the manual][m].\n\n${'Words.\n\n'.repeat(20)}Last one with [nothing].`;
    const growing = new GrowingMarkdown();
    for (let end = 1; end < before.length; end += 7) growing.update(before.slice(0, end), true);
    const open = growing.update(`${before}\n\n[m]: https://example.org/m`, true).flat();
    expect(JSON.stringify(open[0]?.token)).not.toContain('https://example.org/m');
    const closed = growing.update(`${before}\n\n[m]: https://example.org/m`, false).flat();
    expect(JSON.stringify(closed[0]?.token)).toContain('https://example.org/m');
    // Catches the target that was only half written when a block before it was last read.
    const other = new GrowingMarkdown();
    other.update(`${before}\n\n[m]: https://exa`, true);
    expect(JSON.stringify(flat(other.update(`${before}\n\n[m]: https://example.org/m`, false))[0]?.token)).toContain(
      'https://example.org/m',
    );
    // Blocks without a bracket stay the objects that they were.
    expect(closed[5]).toBe(open[5]);
  });

  it('goes on after an end, as when an answer is continued', () => {
    const text = 'One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix.';
    const growing = new GrowingMarkdown();
    growing.update(text.slice(0, 30), true);
    growing.update(text.slice(0, 30), false);
    expect(kinds(growing.update(text, true))).toEqual(whole(text));
    expect(kinds(growing.update(text, false))).toEqual(whole(text));
  });

  it('starts afresh when the text is another one', () => {
    const growing = new GrowingMarkdown();
    growing.update('One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.', true);
    expect(kinds(growing.update('Other.', false))).toEqual([['paragraph', 'Other.']]);
  });

  it('shows marks that are still half open as if they were closed', () => {
    const [block] = flat(new GrowingMarkdown().update('This is **import', true));
    expect(block?.raw).toBe('This is **import**');
  });

  it('reads line ends of every system alike', () => {
    expect(kinds(new GrowingMarkdown().update('One.\r\n\r\nTwo.', false))).toEqual(whole('One.\n\nTwo.'));
  });

  it('knows the definitions of links in finished blocks', () => {
    const text = '[site]: https://example.org\n\nOne.\n\nTwo.\n\nThree.\n\nFour, see [site].';
    const growing = new GrowingMarkdown();
    growing.update(text.slice(0, -10), true);
    const last = flat(growing.update(text, false)).at(-1);
    expect(JSON.stringify(last?.token)).toContain('https://example.org');
  });

  it('survives nesting beyond any stack', () => {
    for (const mark of ['>', '> ', '- ', '1. ']) {
      const blocks = flat(new GrowingMarkdown().update(`${mark.repeat(6_000)}deep`, false));
      expect(blocks.length).toBeGreaterThan(0);
    }
    const staircase = Array.from({ length: 600 }, (_, depth) => `${'  '.repeat(depth)}- step`).join('\n');
    expect(flat(new GrowingMarkdown().update(staircase, false)).length).toBeGreaterThan(0);
  });
});
