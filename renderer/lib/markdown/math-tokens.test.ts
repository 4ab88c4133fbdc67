import type { Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { lexMarkdown } from './lex-markdown.ts';
import { isMathToken } from './math-tokens.ts';

function formulas(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token): string[] => {
    if (isMathToken(token)) return [`${token.isDisplay ? 'display' : 'inline'} ${token.source}`];
    const inside = 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
    const items: readonly Token[] = 'items' in token && Array.isArray(token.items) ? token.items : [];
    return [...formulas(inside), ...formulas(items)];
  });
}

const formulasOf = (text: string): string[] => formulas(lexMarkdown(text, {}).tokens);

describe('formulas in Markdown', () => {
  it.each([
    ['Let $x^2$ be.', ['inline x^2']],
    ['$a_1$ and $b_2$ are not _soft_', ['inline a_1', 'inline b_2']],
    [String.raw`so \(a + b\) and \(c\)`, ['inline a + b', 'inline c']],
    ['mid $$x = 1$$ line', ['display x = 1']],
    [String.raw`see \[x^2\]`, ['display x^2']],
    ['$$\na\n= b\n+ c\n- d\n$$\nmore', ['display a\n= b\n+ c\n- d']],
    ['Text:\n\\[\nx\n\\]\nmore', ['display x']],
    ['- one\n  $$\n  x\n  + y\n  $$\n- $z$', ['display x\n+ y', 'inline z']],
    ['| a |\n|---|\n| $x$ |', []],
    ['> $q$', ['inline q']],
    ['**$b$**', ['inline b']],
  ])('are found in %j', (text, expected) => {
    // Cells of a table are looked at by their own test of rendering.
    expect(formulasOf(text)).toEqual(expected);
  });

  it.each([
    'It costs $5 and $10.',
    'From $5 to $10, or $20',
    '$5 million, or 10$',
    'US$5-AU$6 and 50$/60$',
    'set $HOME and $PATH, $HOME:$PATH',
    'a $ b $ c',
    '`$x$`',
    '```sh\necho $a$b$\n```',
    String.raw`\$5\$`,
    String.raw`see \[1\] and \[12\]`,
    '$$\nopen\n\nnot closed$$',
    '$\n\n$',
    '$$ $$',
    '$$$$',
    'an open $x',
  ])('are not seen in %j', (text) => {
    expect(formulasOf(text)).toEqual([]);
  });

  it('take no character from the text', () => {
    const text = 'a\n$$ no\n\nb $x$\n$$\ny\n$$\n\n\\[z\\] c\n$$\n';
    const { tokens } = lexMarkdown(text, {});
    expect(tokens.map(({ raw }) => raw).join('')).toBe(text);
  });

  it.each(['$', '$$', String.raw`\(`, String.raw`\[`, '$a', '$a ', '$$a', '\n$$', String.raw`\(a`, '$\\'])(
    'cost no more than their length when %j stands there ten thousand times',
    (mark) => {
      // Catches the search that starts over at every mark: it would run into the limit of the test.
      const { tokens } = lexMarkdown(mark.repeat(10_000), {});
      expect(tokens.length).toBeGreaterThan(0);
    },
  );
});

describe('footnotes', () => {
  it('stay text, and so does what they say', () => {
    const { tokens } = lexMarkdown('So it is.[^1]\n\n[^1]: https://example.org', {});
    expect(tokens.map(({ type }) => type)).toEqual(['paragraph', 'space', 'paragraph']);
    expect(JSON.stringify(tokens)).not.toContain('"type":"def"');
  });
});
