import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Markdown } from './markdown.tsx';

/** The grammars take a while to load on a busy machine. */
const patience = { timeout: 30_000 };

beforeAll(() => import('./coloured-code.ts'), patience.timeout);
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const nothing = (): void => undefined;
const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;
const show = (text: string, isGrowing = false) =>
  renderInWords(<Markdown text={text} isGrowing={isGrowing} onOpenLink={nothing} />);

describe('CodeBlock', () => {
  it('colours what its language means, and loses no character', async () => {
    const code = 'const answer = "forty-two"; // so it is\n\n\tif (a < b && c) { return 42; }';
    const { container } = show(fenced('ts', code));
    await waitFor(() => expect(container.querySelector('.code-keyword')?.textContent).toBe('const'), patience);
    expect(container.querySelector('.code-string')?.textContent).toBe('"forty-two"');
    expect(container.querySelector('.code-comment')?.textContent).toBe('// so it is');
    expect(container.querySelector('code')?.textContent).toBe(code);
  });

  it.each(['nonsense', '', '__proto__', 'constructor', '"><img src=x onerror=alert(1)>'])(
    'leaves code of the language %j as it is',
    async (language) => {
      const { container } = show(`${fenced(language, 'const a = 1;')}\n\n${fenced('ts', 'const b = 2;')}`);
      await waitFor(() => expect(container.querySelector('.code-keyword')).not.toBeNull(), patience);
      const [plain] = container.querySelectorAll('code');
      expect(plain?.textContent).toBe('const a = 1;');
      expect(plain?.querySelectorAll('[class^=code-]:not(.code-piece)')).toHaveLength(0);
    },
  );

  it('colours the finished lines of code that is being written, and all of it at the end', async () => {
    const { container, rerender } = show('```ts\nconst a = 1;\nconst b', true);
    await waitFor(() => expect(container.querySelectorAll('.code-keyword')).toHaveLength(1), patience);
    rerender(<Markdown text={'```ts\nconst a = 1;\nconst b'} onOpenLink={nothing} />);
    expect(container.querySelectorAll('.code-keyword')).toHaveLength(2);
  });

  it('colours long code piece by piece, and very long code not at all', async () => {
    const long = Array.from({ length: 700 }, (_, index) => `const a${index} = ${index};`).join('\n\n');
    const { container } = show(fenced('ts', long));
    await waitFor(
      () => expect(container.querySelectorAll('.code-keyword').length).toBeGreaterThanOrEqual(700),
      patience,
    );
    expect(container.querySelector('code')?.textContent).toBe(long);
    cleanup();

    const veryLong = `${'const a = 1;\n'.repeat(20_000)}end`;
    const { container: other } = show(fenced('ts', veryLong));
    expect(other.querySelectorAll('.code-keyword')).toHaveLength(0);
    expect(other.querySelector('code')?.textContent).toBe(veryLong);
  });

  it('saves the code under a name that fits its language', async () => {
    // jsdom has neither; what they are given is what the reader gets.
    const blobs: Blob[] = [];
    URL.createObjectURL = vi.fn((blob: Blob) => {
      blobs.push(blob);
      return 'blob:saved';
    });
    URL.revokeObjectURL = vi.fn();
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      names.push(this.download);
    });
    show(fenced('python', 'print("hello")'));
    fireEvent.click(screen.getByRole('button', { name: 'Save the code as a file' }));
    expect(names).toEqual(['code.py']);
    expect(await blobs[0]?.text()).toBe('print("hello")');
  });

  it('wraps long lines when asked, and says whether it does', () => {
    const { container } = show(fenced('', 'word '.repeat(100)));
    const button = screen.getByRole('button', { name: 'Wrap long lines' });
    expect(button.getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(container.querySelector('pre.is-wrapped')).not.toBeNull();
  });
});
