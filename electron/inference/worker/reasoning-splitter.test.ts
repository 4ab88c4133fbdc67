import { describe, expect, it } from 'vitest';
import { endsInThinking, ReasoningSplitter, thinksInText } from './reasoning-splitter.ts';

function split(pieces: readonly string[], isOpen = false) {
  const splitter = new ReasoningSplitter({ isOpen });
  const stretches = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.flush()];
  const textOf = (kind: 'text' | 'reasoning') =>
    stretches.flatMap((stretch) => (stretch.kind === kind ? [stretch.text] : [])).join('');
  return { reasoning: textOf('reasoning'), text: textOf('text') };
}

const answers = [
  {
    name: 'tags',
    said: '<think>\nFirst 2 < 3.\n\nThen.\n</think>\n\nYes: 5.',
    open: false,
    expected: ['First 2 < 3.\n\nThen.', 'Yes: 5.'],
  },
  { name: 'an opened prompt', said: 'Hm, <b>.\n</think>\nYes.', open: true, expected: ['Hm, <b>.', 'Yes.'] },
  { name: 'no closing tag', said: ' <think>And on </thin and on', open: false, expected: ['And on </thin and on', ''] },
  {
    name: 'no tags',
    said: 'A <think> tag is text here, and </think> too.',
    open: false,
    expected: ['', 'A <think> tag is text here, and </think> too.'],
  },
  { name: 'empty thinking', said: '<think>\n\n</think>\n\nYes.', open: false, expected: ['', 'Yes.'] },
  {
    name: 'a second thinking',
    said: '<think>a</think>b<think>c</think>',
    open: false,
    expected: ['a', 'b<think>c</think>'],
  },
  { name: 'half a tag only', said: '<thi', open: false, expected: ['', '<thi'] },
  { name: 'white space only', said: ' \n', open: false, expected: ['', ' \n'] },
] as const;

describe('ReasoningSplitter', () => {
  // Models give tags in one, two or eight tokens: a border inside a tag must never show half of it.
  it.each(answers)('parts thinking from text at every two borders: $name', ({ said, open, expected }) => {
    const [reasoning, text] = expected;
    for (let first = 0; first <= said.length; first += 1) {
      for (let second = first; second <= said.length; second += 1) {
        const pieces = [said.slice(0, first), said.slice(first, second), said.slice(second)];
        expect(split(pieces, open)).toEqual({ reasoning, text });
      }
    }
    expect(split(Array.from(said), open)).toEqual({ reasoning, text });
  });

  it('shows text as it comes once the thinking is over', () => {
    const splitter = new ReasoningSplitter({ isOpen: false });
    splitter.push('<think>a</think>');
    expect(splitter.push('b')).toEqual([{ kind: 'text', text: 'b' }]);
    expect(splitter.push(' <')).toEqual([{ kind: 'text', text: ' <' }]);
  });
});

describe('templates', () => {
  it('tells templates of models that think in text, and prompts that open the thinking', () => {
    expect(thinksInText(undefined)).toBe(false);
    expect(thinksInText('<|im_start|>{{ content }}')).toBe(false);
    expect(thinksInText("{% set content = content.split('</think>')[-1] %}")).toBe(true);
    expect(endsInThinking('<|assistant|>\n<think>\n')).toBe(true);
    expect(endsInThinking('<|assistant|>\n<think>\n\n</think>\n\n')).toBe(false);
    expect(endsInThinking('<|assistant|>')).toBe(false);
  });
});
