import { describe, expect, it } from 'vitest';
import { windowPageSchema } from '../shared/desktop.ts';
import { isDeepLink, readDeepLink } from './deep-link.ts';

const unknown = { status: 'refused', reason: 'unknown-link' };
const tooLong = { status: 'refused', reason: 'too-long' };
const asks = (text: string): object => ({ status: 'allowed', request: { type: 'prefill', text } });
const newChat = { status: 'allowed', request: { type: 'new-chat' } };

const texts: readonly string[] = [
  'Hello',
  'What is a pangram?',
  'a=b&c=d',
  '100 % sure',
  'tab\there',
  'line\nbreak',
  'Grüße aus Köln',
  'שלום עולם',
  'مرحبا',
  'می‌خواهم',
  '日本語',
  '👩‍👩‍👧',
  '#hash?and=more',
  '/etc/passwd',
  'javascript:alert(1)',
  '<img src=x onerror=alert(1)>',
  '"; rm -rf ~; "',
  'sotto://ask?text=nested',
  'file:///etc/passwd',
  'someone@example.org',
  '<|im_start|>system',
  '__proto__',
  'constructor',
  '%41',
  ' leading and trailing ',
  "it's",
];

/** What would make a person read another text than the model gets. */
const hidden: readonly number[] = [
  0x00, 0x01, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0xad, 0x34f, 0x61c, 0x115f, 0x1160,
  0x17b4, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061,
  0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206f, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xfffb,
  0xfffc, 0xfffd, 0x1bca0, 0x1d173, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100, 0xe01ef,
];

const strangers: readonly string[] = [
  'sotto:',
  'sotto:/',
  'sotto:ask?text=x',
  'sotto:/ask?text=x',
  'sotto:///ask?text=x',
  'sotto:////ask',
  'sotto:\\\\ask?text=x',
  'sotto://ask\\?text=x',
  'sotto://ask//?text=x',
  'sotto://ask/x?text=x',
  'sotto://ask/../show/models',
  'sotto://show',
  'sotto://show/',
  'sotto://show//models',
  'sotto://show/models/',
  'sotto://show/models/x',
  'sotto://show/models?text=x',
  'sotto://show/..',
  'sotto://show/%6dodels',
  'sotto://show/__proto__',
  'sotto://show/quick-ask',
  'sotto://show/constructor',
  'sotto://chat?text=x',
  'sotto://chat/x',
  'sotto://?text=x',
  'sotto://#ask',
  'sotto://ask#text=x',
  'sotto://ask?text=x#y',
  'sotto://ask?',
  'sotto://ask?x',
  'sotto://ask?text',
  'sotto://ask?TEXT=x',
  'sotto://ask?text=x&text=y',
  'sotto://ask?text=x&send=1',
  'sotto://ask?send=1&text=x',
  'sotto://ask?text=x&model=y',
  'sotto://ask?text=x;send=1&',
  'sotto://ask?&text=x',
  'sotto://ask?text=a=b',
  'sotto://ask?text[]=x',
  'sotto://ask?text%3Dx',
  'sotto://ask?text=%',
  'sotto://ask?text=%4',
  'sotto://ask?text=%zz',
  'sotto://ask?text=%C0%80',
  'sotto://ask?text=%C3%28',
  'sotto://ask?text=%ED%A0%80',
  'sotto://ask?text=%F5%80%80%80',
  'sotto://ask?text=%u0041',
  'sotto://ask?text=\ud800',
  'sotto://ask:80?text=x',
  'sotto://ask:?text=x',
  'sotto://user@ask?text=x',
  'sotto://user:secret@ask?text=x',
  'sotto://ask@evil.example?text=x',
  'sotto://ask@evil.example',
  'sotto://support@bank.example/ask?text=x',
  'sotto://mailto:someone@example.org',
  'sotto://someone@example.org',
  'sotto:someone@example.org',
  'sotto://ask%40evil.example?text=x',
  'sotto://ask.evil.example?text=x',
  'sotto://evil.example/ask?text=x',
  'sotto://localhost/ask?text=x',
  'sotto://127.0.0.1/ask',
  'sotto://[::1]/ask',
  'sotto://аsk?text=x',
  'sotto://a%73k?text=x',
  'sotto://send?text=x',
  'sotto://install?model=x',
  'sotto://open?path=/etc/passwd',
  'sotto://file/etc/passwd',
  'sotto://import',
  'sotto://unlock',
  'sotto://erase',
  'sotto://quit',
  'sotto://settings',
  'sotto://eval?code=x',
  'sotto://quick-ask?text=x',
  'sotto://sotto/',
  'sotto://app://sotto/',
  'sotto://https://evil.example/',
  'sotto://file:///etc/passwd',
  'sotto://javascript:alert(1)',
  ' sotto://ask?text=x',
  'sotto://ask?text=x\n',
  'sotto://ask?text=x\u0000',
  'sotto://as\tk?text=x',
  'sotto ://ask?text=x',
  'sottox://ask?text=x',
  'xsotto://ask?text=x',
  'web+sotto://ask?text=x',
  'view-source:sotto://ask?text=x',
  'sotto%3A//ask?text=x',
  '"sotto://ask?text=x"',
  'https://sotto/ask?text=x',
  'app://sotto/',
  'ask?text=x',
  '//ask?text=x',
  '',
];

describe('readDeepLink', () => {
  it.each([
    ['sotto://', null],
    ['SOTTO://', null],
    // Some systems complete an address without a path.
    ['sotto:///', null],
    ['sotto://chat', { type: 'new-chat' }],
    ['sotto://chat/', { type: 'new-chat' }],
    ['Sotto://Chat', { type: 'new-chat' }],
    ['sotto://ask', { type: 'new-chat' }],
    ['sotto://ask?text=', { type: 'new-chat' }],
    ['sotto://ask?text=%20%0A', { type: 'new-chat' }],
    ['sotto://ask?text=x', { type: 'prefill', text: 'x' }],
    ['sotto://ask/?text=x', { type: 'prefill', text: 'x' }],
    ['SOTTO://ASK?text=X', { type: 'prefill', text: 'X' }],
    ['sotto://ask?text=one+two%2Bthree', { type: 'prefill', text: 'one two+three' }],
    ['sotto://ask?text=one%0D%0Atwo', { type: 'prefill', text: 'one\ntwo' }],
    ['sotto://ask?text=Grüße', { type: 'prefill', text: 'Grüße' }],
    ['sotto://ask?text=%2526', { type: 'prefill', text: '%26' }],
  ] as const)('reads %j', (link, request) => {
    expect(readDeepLink(link)).toEqual({ status: 'allowed', request });
  });

  it.each(windowPageSchema.options)('shows the page %s', (page) => {
    expect(readDeepLink(`sotto://show/${page}`)).toEqual({ status: 'allowed', request: { type: 'show-page', page } });
  });

  // Nothing of a text is a command, and it comes back as it was written.
  it.each(texts)('puts the text %j into the field', (text) => {
    const encoded = encodeURIComponent(text);
    expect(readDeepLink(`sotto://ask?text=${encoded}`)).toEqual(asks(text));
    expect(readDeepLink(`sotto://ask?text=${encoded.replaceAll('%20', '+')}`)).toEqual(asks(text));
    const everyByte = [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    expect(readDeepLink(`sotto://ask?text=${everyByte}`)).toEqual(asks(text));
  });

  it.each(hidden.flatMap((code) => [`${String.fromCodePoint(code)}ab`, `a${String.fromCodePoint(code)}b`]))(
    'refuses what hides or turns round a text: %j',
    (text) => {
      expect(readDeepLink(`sotto://ask?text=${encodeURIComponent(text)}`)).toEqual(unknown);
      expect(readDeepLink(`sotto://ask?text=${text}`)).toEqual(unknown);
    },
  );

  it.each(strangers)('refuses %j', (link) => {
    expect(readDeepLink(link)).toEqual(unknown);
  });

  // Each place with each thing that must not follow it.
  it.each(
    ['', 'chat', 'ask?text=x', 'show/models'].flatMap((place) =>
      ['#', '#x', '&send', '&x=1', '?x=1', '@x', ':1', '\\', '\u202e', '%00', '\u0000', '\n', '"', '/../x'].map(
        (tail) => `sotto://${place}${tail}`,
      ),
    ),
  )('reads no more than the link to the letter: %j', (link) => {
    // Within a text some of them are just characters.
    const isText = /^sotto:\/\/ask\?text=x[@:\\"/?]/.test(link) && !link.endsWith('=1');
    expect(readDeepLink(link)).toEqual(isText ? asks(link.slice('sotto://ask?text='.length)) : unknown);
  });

  it('takes a text of 20,000 characters in each encoding, and none that is longer', () => {
    for (const character of ['a', 'ü', '語']) {
      const text = character.repeat(20_000);
      expect(readDeepLink(`sotto://ask?text=${encodeURIComponent(text)}`)).toEqual(asks(text));
      expect(readDeepLink(`sotto://ask?text=${encodeURIComponent(`${text}${character}`)}`)).toEqual(tooLong);
    }
    expect(readDeepLink(`sotto://ask?text=${'a'.repeat(20_001)}`)).toEqual(tooLong);
  });

  it.each(['a', '%', '%41', '&text=x', '/', '?', '#', 'sotto://', '\u0000', '💥'])(
    'refuses a megabyte of %j',
    (part) => {
      const link = `sotto://ask?text=${part.repeat(1_048_576 / part.length)}`;
      expect(readDeepLink(link)).toEqual(tooLong);
      expect(isDeepLink(link)).toBe(true);
    },
  );

  it('opens an empty chat when there is nothing but blanks', () => {
    expect(readDeepLink('sotto://ask?text=+++')).toEqual(newChat);
  });
});

describe('isDeepLink', () => {
  it.each(['sotto:', 'SOTTO://x', 'sotto:x', 'sOtTo://'])('knows %j', (text) => expect(isDeepLink(text)).toBe(true));
  it.each(['', 'sotto', 'sotto.txt', ' sotto:', './sotto:x', 'sotto-notes://x', '--sotto:'])(
    'does not take %j',
    (text) => expect(isDeepLink(text)).toBe(false),
  );
});
