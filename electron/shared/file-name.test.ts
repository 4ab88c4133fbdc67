import { describe, expect, it } from 'vitest';
import { fileNameLimit, safeFileName } from './file-name.ts';

describe('safeFileName', () => {
  it.each([
    ['Bericht März.md', 'Bericht März.md'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Ada\\will.txt', 'will.txt'],
    ['\\\\server\\share\\x.gguf', 'x.gguf'],
    ['folder/', 'folder'],
    ['..', 'file'],
    ['...', 'file'],
    ['', 'file'],
    [' / ', 'file'],
    ['\u0000\u0007', 'file'],
    ['a\u0000b\nc.txt', 'abc.txt'],
    ['invoice\u202Etxt.exe', 'invoicetxt.exe'],
    ['zero\u200Bwidth.txt', 'zerowidth.txt'],
    ['.bashrc', 'bashrc'],
    ['trailing. . ', 'trailing'],
    ['what? "this": <that>|*.txt', 'what_ _this__ _that___.txt'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com1.gguf', '_com1.gguf'],
    ['console.txt', 'console.txt'],
    ['cafe\u0301.txt', 'café.txt'],
    ['日本語 😀.txt', '日本語 😀.txt'],
    ['half \ud800.txt', 'half .txt'],
  ])('makes %j %j', (name, expected) => {
    expect(safeFileName(name)).toBe(expected);
  });

  it('keeps the extension of a long name, cuts no character in two, and is stable', () => {
    for (const letter of ['x', '😀', 'é ']) {
      const name = safeFileName(`${letter.repeat(500)}.gguf`);
      expect(name.length).toBeLessThanOrEqual(fileNameLimit);
      expect(name).toMatch(/….gguf$/);
      expect(name.isWellFormed()).toBe(true);
      expect(safeFileName(name)).toBe(name);
    }
  });
});
