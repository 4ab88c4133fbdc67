import { describe, expect, it, vi } from 'vitest';
import { writeZip } from '../../../testing/zip-writer.ts';
import type { ZipMember } from '../../../testing/zip-writer.ts';
import { openDocumentArchive } from './document-archive.ts';

// Bombs take their time to be made, on a busy machine more of it.
vi.setConfig({ testTimeout: 60_000 });

const megabytes = (count: number): Buffer => Buffer.alloc(count * 1024 * 1024, 'ab');
const open = async (members: readonly ZipMember[]): ReturnType<typeof openDocumentArchive> =>
  await openDocumentArchive(writeZip(members), 'x.docx');
const code = (expected: string): object => ({ code: expected, details: { name: 'x.docx' } });

/** Bytes that do not pack: a linear congruential generator's. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

describe('openDocumentArchive', () => {
  it('hands out parts whatever the letter case of their names, and null for what is not there', async () => {
    const archive = await open([{ name: 'Word/Document.xml', content: '<a/>' }]);
    expect((await archive.read('word/document.xml'))?.toString()).toBe('<a/>');
    expect(await archive.read('word/styles.xml')).toBeNull();
    expect(archive.hasDamage).toBe(false);
  });

  // A reader that believes the directory would allocate 10 bytes for this, or let 100 MB pass.
  it('counts what is really unpacked, not what the archive says', async () => {
    const archive = await open([{ name: 'a', content: megabytes(100), claimedBytes: 10 }]);
    await expect(archive.read('a')).rejects.toMatchObject(code('file/too-complex'));
  });

  it('reads a part whose size is overstated', async () => {
    const archive = await open([{ name: 'a', content: 'short', claimedBytes: 4_000_000_000 }]);
    expect((await archive.read('a'))?.toString()).toBe('short');
  });

  it('refuses a part above 16 MiB that is packed tighter than 200 to 1, and takes a smaller one', async () => {
    const archive = await open([
      { name: 'small', content: megabytes(16) },
      { name: 'large', content: megabytes(17) },
    ]);
    expect((await archive.read('small'))?.length).toBe(16 * 1024 * 1024);
    await expect(archive.read('large')).rejects.toMatchObject(code('file/too-complex'));
  });

  // Fifty parts of 16 MB pass one by one; only their sum is the bomb.
  it('refuses more than 256 MiB over all reads together', async () => {
    const archive = await open([{ name: 'a', content: megabytes(16) }]);
    for (let count = 0; count < 16; count += 1) await archive.read('a');
    await expect(archive.read('a')).rejects.toMatchObject(code('file/too-complex'));
  });

  it('takes no part whose name leads out, and the first of two with one name', async () => {
    const archive = await open([
      { name: '../up.xml', content: 'out' },
      { name: '/etc/passwd', content: 'out' },
      { name: 'C:\\x.xml', content: 'out' },
      { name: 'a.xml', content: 'first' },
      { name: 'A.XML', content: 'second' },
    ]);
    expect(archive.paths).toEqual(['a.xml']);
    expect((await archive.read('a.xml'))?.toString()).toBe('first');
    expect(archive.hasDamage).toBe(true);
  });

  it('notices a part that is not as it was written', async () => {
    const bytes = writeZip([{ name: 'a', content: noise(64) }]);
    // Noise is stored in a stored block, so one byte of it can change without breaking the packing.
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    const archive = await openDocumentArchive(bytes, 'x.docx');
    expect((await archive.read('a'))?.length).toBe(64);
    expect(archive.hasDamage).toBe(true);
  });

  it('refuses encrypted parts as such', async () => {
    const bytes = writeZip([{ name: 'a', content: 'text' }]);
    bytes.writeUInt16LE(0x0801, bytes.indexOf('PK\u0001\u0002', 'latin1') + 8);
    const archive = await openDocumentArchive(bytes, 'x.docx');
    await expect(archive.read('a')).rejects.toMatchObject(code('file/encrypted'));
  });

  it('refuses more than 20,000 parts', async () => {
    const members = Array.from({ length: 20_001 }, (_, index) => ({ name: `p${index}`, content: '' }));
    await expect(open(members)).rejects.toMatchObject(code('file/too-complex'));
  });

  it('ends an archive that is cut anywhere with a typed error', async () => {
    const whole = writeZip([
      { name: 'a', content: noise(300) },
      { name: 'b', content: 'text' },
    ]);
    for (let end = 0; end < whole.length; end += 7) {
      await expect(openDocumentArchive(whole.subarray(0, end), 'x.docx')).rejects.toMatchObject(code('file/damaged'));
    }
  });
});
