import { describe, expect, it } from 'vitest';
import { shownName } from './shown-name.ts';

describe('shownName', () => {
  it.each([
    ['Annual report.pdf', 'Annual report.pdf'],
    ['Übersicht 日本語.md', 'Übersicht 日本語.md'],
    // A notification of Linux would draw it as a picture from a file.
    ['<img src="file:///etc/x">.pdf', '‹img src="file:///etc/x"›.pdf'],
    ['Terms & conditions', 'Terms ＆ conditions'],
    ['two\nlines\r\tof', 'two lines of'],
    ['report\u202efdp.exe', 'report fdp.exe'],
    ['a\u0000b\u001b[31mc', 'a b [31mc'],
    ['  blank  ', 'blank'],
    ['', ''],
    ['x'.repeat(81), `${'x'.repeat(79)}…`],
    ['x'.repeat(80), 'x'.repeat(80)],
    // Half a character is no character.
    ['😀'.repeat(100), `${'😀'.repeat(79)}…`],
  ])('shows %j as %j', (name, shown) => expect(shownName(name)).toBe(shown));

  it('does not read a megabyte', () => expect(shownName('a'.repeat(1_048_576))).toHaveLength(80));
});
