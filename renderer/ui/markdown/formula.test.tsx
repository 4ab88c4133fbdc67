import { cleanup, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Markdown } from './markdown.tsx';

/** The typesetter takes a while to load on a busy machine. */
const patience = { timeout: 30_000 };

beforeAll(() => import('./typeset-formula.ts'), patience.timeout);
afterEach(cleanup);

const nothing = (): void => undefined;

/** The text with its formulas set, once the typesetter has come. */
async function show(text: string): Promise<HTMLElement> {
  const { container } = renderInWords(<Markdown text={`${text}\n\n$first$`} onOpenLink={nothing} />);
  await waitFor(() => expect(container.querySelector('p:last-child .katex')).not.toBeNull(), patience);
  return container;
}

describe('Formula', () => {
  it('is set in the line, with what a screen reader says', async () => {
    const content = await show('Let $x^2$ be.');
    expect(content.querySelector('p .formula math msup')?.textContent).toBe('x2');
    expect(content.querySelector('.katex-html')?.getAttribute('aria-hidden')).toBe('true');
  });

  it('is set on a line of its own, which scrolls by keyboard', async () => {
    const content = await show('$$\n\\frac{a}{b}\n+ \\sqrt{c}\n$$');
    const frame = content.querySelector('.formula-frame');
    expect(frame?.getAttribute('tabindex')).toBe('0');
    expect(frame?.querySelector('.katex-display mfrac')).not.toBeNull();
    expect(frame?.querySelector('svg path')?.getAttribute('d')).toMatch(/^M/);
  });

  it('is set in the cells of a table, in headings and in lists', async () => {
    const content = await show('# On $a$\n\n| $b$ |\n|---|\n| $c$ |\n\n- $d$');
    expect(content.querySelectorAll('h3 .katex, th .katex, td .katex, li .katex')).toHaveLength(4);
  });

  it.each([
    ['a mistake', '$\\frac{1$'],
    ['an unknown command', '$\\nonsense{x}$'],
    ['a link', '$\\href{https://evil.example}{x}$'],
    ['an image', '$\\includegraphics{https://evil.example/a.png}$'],
    ['attributes', '$\\htmlData{a=b}{x}$'],
    ['a style', '$\\htmlStyle{position: fixed}{x}$'],
    ['a definition that calls itself', '$\\def\\a{\\a\\a}\\a$'],
    ['a definition that grows', '$\\newcommand{\\a}{xxxxxxxx}\\a\\a$'],
    [
      'nesting beyond any stack',
      `$${'{'.repeat(400)}x${'}'.repeat(400)}\\sqrt{${'\\sqrt{'.repeat(150)}x${'}'.repeat(151)}$`,
    ],
  ])('shows %s as it was written', async (_, text) => {
    const content = await show(text);
    expect(content.querySelector('p')?.textContent).toBe(text);
    expect(content.querySelector('p:first-child .katex')).toBeNull();
  });

  it('keeps the size of what is set within reason', async () => {
    // Catches a formula that covers the window.
    const content = await show('$\\rule{9999em}{9999em}$');
    const widths = [...content.querySelectorAll<HTMLElement>('p:first-child [style]')].map(({ style }) =>
      Number.parseFloat(style.borderRightWidth || '0'),
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(20);
  });

  it('is set while the text behind it grows, and not before it is closed', async () => {
    const { container, rerender } = renderInWords(<Markdown text="So $a$ and $b" isGrowing onOpenLink={nothing} />);
    await waitFor(() => expect(container.querySelectorAll('.katex')).toHaveLength(1), patience);
    const first = container.querySelector('.katex');
    rerender(<Markdown text="So $a$ and $b$ hold" isGrowing onOpenLink={nothing} />);
    expect(container.querySelectorAll('.katex')).toHaveLength(2);
    // The same node, not one that was set again.
    expect(container.querySelector('.katex')).toBe(first);
  });
});
