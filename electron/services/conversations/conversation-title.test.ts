import { describe, expect, it } from 'vitest';
import { conversationTitle } from './conversation-title.ts';

describe('conversation title', () => {
  it.each([
    ['What is the capital of France?', 'What is the capital of France?'],
    ['\n\n  # Notes on   the\tmeeting\nand more', 'Notes on the meeting'],
    ['> - *quoted* text', 'quoted* text'],
    ['', ''],
    [' \n ', ''],
    ['---\nreal words', 'real words'],
  ])('takes the first line that says something from %j', (text, title) => {
    expect(conversationTitle(text)).toBe(title);
  });

  it('cuts a long line at a word', () => {
    const title = conversationTitle('Please explain, in simple words, how the parliamentary committee works, and why.');
    expect(title).toBe('Please explain, in simple words, how the parliamentary…');
  });

  it('cuts a line without spaces between whole characters', () => {
    const title = conversationTitle('😀'.repeat(100));
    expect(title).toBe(`${'😀'.repeat(60)}…`);
  });
});
