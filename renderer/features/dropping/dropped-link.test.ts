import { describe, expect, it } from 'vitest';
import { isPictureOfPage, readDroppedLink } from './dropped-link.ts';

const transfer = (list: string, types: readonly string[] = ['text/uri-list']) => ({ getData: () => list, types });

describe('readDroppedLink', () => {
  it.each([
    ['https://example.org/a', { type: 'link', text: 'https://example.org/a' }],
    [
      '# a comment\r\nhttps://a.example\r\nhttps://b.example\r\n',
      { type: 'link', text: 'https://a.example\nhttps://b.example' },
    ],
    // It becomes text in a field, and is never followed.
    ['javascript:alert(1)', { type: 'link', text: 'javascript:alert(1)' }],
    ['file:///home/anna/lease.pdf', { type: 'file-address' }],
    ['# only a comment', { type: 'nothing' }],
    ['', { type: 'nothing' }],
    [`https://example.org/${'a'.repeat(1_000_000)}`, { type: 'too-long' }],
  ] as const)('%.40s', (list, expected) => {
    expect(readDroppedLink(transfer(list))).toEqual(expected);
  });
});

describe('isPictureOfPage', () => {
  it.each([
    [transfer('https://example.org/cat.png', ['text/uri-list', 'text/html', 'Files']), true],
    [transfer('', ['Files']), false],
    [transfer('file:///home/anna/cat.png', ['text/uri-list', 'Files']), false],
  ] as const)('%#', (given, isPicture) => {
    expect(isPictureOfPage(given)).toBe(isPicture);
  });
});
