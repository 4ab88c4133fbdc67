import { describe, expect, it } from 'vitest';
import { writeZip } from '../../testing/zip-writer.ts';
import { detectBinaryFormat, isMailFile, textFormat } from './detect-format.ts';

const zip = (...names: readonly string[]): Buffer => writeZip(names.map((name) => ({ name, content: '<x/>' })));

/** An archive that begins with its media type as it is, as OpenDocument and EPUB do. */
function typed(type: string): Buffer {
  const head = Buffer.alloc(30);
  head.write('PK\u0003\u0004', 'latin1');
  return Buffer.concat([head, Buffer.from(`mimetype${type}PK`)]);
}

describe('detectBinaryFormat', () => {
  // What a file is called says nothing about what it is.
  it.each([
    ['pdf', '%PDF-1.7\n', 'letter.txt'],
    ['pdf', '\n\n%PDF-1.7\n', 'letter.pdf'],
    ['image', Buffer.from('89504e470d0a1a0a', 'hex'), 'letter.pdf'],
    ['image', Buffer.from('ffd8ffe0', 'hex'), 'a'],
    ['image', 'RIFF\u0001\u0001\u0001\u0001WEBPVP8 ', 'a.txt'],
    ['image', Buffer.from('49492a0008000000', 'hex'), 'a.tif'],
    ['docx', zip('[Content_Types].xml', 'word/document.xml', 'word/styles.xml', 'xl/workbook.xml'), 'a.xlsx'],
    ['xlsx', zip('[Content_Types].xml', 'xl/workbook.xml'), 'a.docx'],
    ['pptx', zip('ppt/presentation.xml'), 'a.zip'],
    ['odt', typed('application/vnd.oasis.opendocument.text'), 'a.zip'],
    ['ods', typed('application/vnd.oasis.opendocument.spreadsheet'), 'a.odt'],
    ['odp', typed('application/vnd.oasis.opendocument.presentation'), 'a'],
    ['epub', typed('application/epub+zip'), 'a.zip'],
    ['docx', 'PK\u0003\u0004 cut off', 'a.docx'],
    [null, 'A text that speaks of %PDF-1.7 in passing', 'a.txt'],
    [null, 'BM is how this text begins, and not a bitmap', 'a.txt'],
  ])('tells %s', (format, bytes, name) => {
    expect(detectBinaryFormat(Buffer.from(bytes), name)).toBe(format);
  });

  it.each([
    ['file/binary', zip('a.txt'), 'a.zip'],
    ['file/binary', Buffer.from('7f454c46', 'hex'), 'a.txt'],
    ['file/unsupported-format', zip('xl/workbook.bin', 'xl/a.bin'), 'a.xlsb'],
    ['file/unsupported-format', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc'],
    [
      'file/encrypted',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'a.docx',
    ],
  ])('refuses as %s', (code, bytes, name) => {
    expect(() => detectBinaryFormat(bytes, name)).toThrow(expect.objectContaining({ code }));
  });
});

describe('textFormat and isMailFile', () => {
  it.each([
    ['html', '<!DOCTYPE html><p>x', 'a.txt'],
    ['html', '<?xml version="1.0"?>\n<!-- a -->\n<html xmlns="x">', 'page'],
    ['html', '<p>fragment', 'a.htm'],
    ['code', '<html><?php echo 1 ?>', 'a.php'],
    ['code', '{"a": 1}', 'a.json'],
    ['code', 'all:\n\tmake', 'Makefile'],
    ['code', '#!/bin/sh\nls', 'run'],
    ['markdown', '# One', 'a.md'],
    ['table', 'a,b', 'a.csv'],
    ['text', 'a,b', 'a'],
    ['text', 'words', 'name\nwith a line.txt'],
  ])('tells %s', (format, text, name) => {
    expect(textFormat(text, name)).toBe(format);
  });

  it.each([
    [true, 'From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nwords', 'letter.txt'],
    [true, 'anything', 'a.eml'],
    [false, 'From: Anna\nSubject: the garden\n\nA memo, not a mail.', 'memo.txt'],
    [false, 'From: a@b.c\nSubject: x\nMIME-Version: 1.0\n\nwords', 'notes.md'],
  ])('tells mail (%s)', (isMail, text, name) => {
    expect(isMailFile(Buffer.from(text), name)).toBe(isMail);
  });
});
