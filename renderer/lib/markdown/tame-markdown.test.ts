import { describe, expect, it } from 'vitest';
import { tameMarkdown } from './tame-markdown.ts';

describe('tameMarkdown', () => {
  it('leaves alone what people write', () => {
    const text = '> quote\n>> reply\n\n- a\n  - b\n    - c\n\n**bold** *a* _b_ ~~c~~\n\n```\n***\n```\n\n---\n';
    expect(tameMarkdown(text)).toBe(text);
  });

  it.each(['>'.repeat(500), '> '.repeat(500), '- '.repeat(500), '1. '.repeat(500), '* > '.repeat(300)])(
    'takes the depth out of %# without moving an offset',
    (prefix) => {
      const tamed = tameMarkdown(`${prefix}end`);
      expect(tamed).toHaveLength(prefix.length + 3);
      expect((tamed.match(/[>]|[-*](?= )|1\.(?= )/g) ?? []).length).toBeLessThan(60);
      expect(tamed.endsWith('end')).toBe(true);
    },
  );

  it('takes the emphasis out of a paragraph that has more of it than anyone writes', () => {
    const text = `${'*a_'.repeat(10_000)} end`;
    const tamed = tameMarkdown(text);
    expect(tamed).toHaveLength(text.length);
    expect((tamed.match(/[*_]/g) ?? []).length).toBeLessThan(1_300);
  });

  it('counts each paragraph for itself', () => {
    const text = Array.from({ length: 400 }, () => '**one** _two_ **three**').join('\n\n');
    expect(tameMarkdown(text)).toBe(text);
  });

  it('leaves long code as it is', () => {
    const text = `\`\`\`python\n${'snake_case_name = a_b * c_d\n'.repeat(400)}\`\`\`\n`;
    expect(tameMarkdown(text)).toBe(text);
  });
});
