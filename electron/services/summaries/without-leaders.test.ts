import { describe, expect, it } from 'vitest';
import { withoutLeaders } from './without-leaders.ts';

describe('withoutLeaders', () => {
  // A table of contents would take the whole context window and end the summary of a book.
  it.each([
    ['1.1 Scope . . . . . . . . . . . . 3', '1.1 Scope ... 3'],
    ['Chapter one..........12', 'Chapter one...12'],
    ['Name: ____________________', 'Name: ___'],
    ['a\n----------\nb', 'a\n---\nb'],
    ['Wait ... what?', 'Wait ... what?'],
    ['1. 2. 3. 4. 5. 6.', '1. 2. 3. 4. 5. 6.'],
    ['.\n.\n.\n.\n.\n.', '.\n.\n.\n.\n.\n.'],
  ])('makes of %j %j', (text, read) => {
    expect(withoutLeaders(text)).toBe(read);
  });
});
