import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { GrowingMarkdown } from './growing-markdown.ts';
import type { MarkdownGroups } from './growing-markdown.ts';

const flat = (groups: MarkdownGroups) => groups.flat();
const kinds = (blocks: MarkdownGroups) => flat(blocks).map(({ raw, token }) => [token.type, raw.trim()]);
const whole = (text: string) =>
  new Lexer({ gfm: true })
    .lex(text)
    .filter(({ type }) => type !== 'space')
    .map(({ type, raw }) => [type, raw.trim()]);

/** A small generator with a seed, so that a failure can be repeated. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}

const pieces = [
  'A sentence with **bold**, *soft* and `code`.',
  '# Title',
  '## Smaller',
  '- first\n- second\n  - nested',
  '1. one\n2. two',
  '> quoted\n> twice',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '---',
  'Line one\nline two',
  '    indented code',
  '<div>markup</div>',
  'Text\n===',
  '- loose\n\n- list',
  '* * *',
  '~~~\nfenced\n~~~',
];

function randomText(random: (limit: number) => number): string {
  const count = 2 + random(14);
  return Array.from({ length: count }, () => pieces[random(pieces.length)] + (random(5) === 0 ? '\n' : '\n\n')).join(
    '',
  );
}

describe('GrowingMarkdown', () => {
  it('ends with the blocks of the whole text when it came in pieces of any size', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = createRandom(seed);
      const text = randomText(random);
      const growing = new GrowingMarkdown();
      for (let end = 1; end < text.length; end += 1 + random(24)) growing.update(text.slice(0, end), true);
      expect({ seed, blocks: kinds(growing.update(text, false)) }).toEqual({ seed, blocks: whole(text) });
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
      const blocks = flat(new GrowingMarkdown().update(`${mark.repeat(20_000)}deep`, false));
      expect(blocks.length).toBeGreaterThan(0);
    }
    const staircase = Array.from({ length: 1_500 }, (_, depth) => `${'  '.repeat(depth)}- step`).join('\n');
    expect(flat(new GrowingMarkdown().update(staircase, false)).length).toBeGreaterThan(0);
  });
});
