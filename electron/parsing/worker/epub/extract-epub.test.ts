import { describe, expect, it } from 'vitest';
import { extractBytes, extractFixture, fixtureBytes, outcomesOfCuts } from '../../../testing/extract-fixture.ts';
import { buildEpub, epubMembers } from '../../../testing/office-builder.ts';
import { writeZip } from '../../../testing/zip-writer.ts';
import { extractEpub } from './extract-epub.ts';

const encryption = (algorithm: string): string =>
  `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="${algorithm}"/></e:EncryptedData></encryption>`;
const protectedBy = (algorithm: string): Buffer =>
  writeZip([...epubMembers(['<p>Words.</p>']), { name: 'META-INF/encryption.xml', content: encryption(algorithm) }]);

describe('extractEpub', () => {
  it('reads what pandoc wrote: chapters in the order of the spine, called as in the table of contents', async () => {
    const { text, title, pages, headings, tables } = await extractFixture(extractEpub, 'epub/garten.epub');
    expect(title).toBe('Der Garten am Hang');
    expect(pages?.map(({ label }) => label)).toEqual(['Der Garten am Hang', 'Der Hang', 'Das Jahr']);
    expect(text.slice(pages?.[1]?.start, pages?.[2]?.start)).toBe(
      'Der Hang\n\nDer Garten liegt am Hang über der Stadt. Im März stehen die ersten Krokusse im Schnee.\n\nDer Weg\n\nEin schmaler Weg führt hinauf; er hat vierundsiebzig Stufen.\n\n',
    );
    expect(headings.map(({ level, title: words, start }) => [level, text.slice(start, start + words.length)])).toEqual([
      [1, 'Der Garten am Hang'],
      [1, 'Der Hang'],
      [2, 'Der Weg'],
      [1, 'Das Jahr'],
    ]);
    expect(tables.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Monat | Arbeit\nMärz | Schneiden\nOktober | Ernten',
    ]);
  });

  // The rules lie in a part of their own, where a reader of single pages does not look.
  it('keeps out what the style sheets of what LibreOffice wrote hide', async () => {
    const { text, report } = await extractFixture(extractEpub, 'epub/mietvertrag.epub');
    expect(text).not.toContain('verborgen eins');
    expect(report.hiddenSample).toContain('verborgen eins');
  });

  it('tells a book with copy protection from one with disguised fonts', async () => {
    const read = async (algorithm: string): ReturnType<typeof extractBytes> =>
      await extractBytes(extractEpub, protectedBy(algorithm));
    await expect(read('http://www.w3.org/2001/04/xmlenc#aes128-cbc')).rejects.toMatchObject({ code: 'file/encrypted' });
    expect((await read('http://www.idpf.org/2008/embedding')).text).toBe('Words.\n\n');
  });

  it('keeps the place of a chapter that is missing, and says so', async () => {
    const members = epubMembers(['<h1>One</h1>', '<h1>Two</h1>', '<h1>Three</h1>']);
    const { pages, report } = await extractBytes(
      extractEpub,
      writeZip(members.filter(({ name }) => !name.endsWith('c2.xhtml'))),
    );
    expect(pages?.map(({ label, reading }) => [label, reading])).toEqual([
      ['One', 'text'],
      [null, 'blank'],
      ['Three', 'text'],
    ]);
    expect(report.omissions).toEqual(['damaged-part']);
  });

  it('is damaged without a package', async () => {
    const bytes = writeZip([{ name: 'mimetype', content: 'application/epub+zip' }]);
    await expect(extractBytes(extractEpub, bytes)).rejects.toMatchObject({ code: 'file/damaged' });
    const empty = buildEpub([]);
    await expect(extractBytes(extractEpub, empty)).rejects.toMatchObject({ code: 'file/no-text' });
  });

  it('ends in a typed error wherever the file is cut', async () => {
    const bytes = await fixtureBytes('epub/garten.epub');
    const cuts = Array.from({ length: 50 }, (_, index) => Math.floor((bytes.length * index) / 50));
    expect([...(await outcomesOfCuts(extractEpub, bytes, cuts))]).toEqual(['file/damaged']);
  });
});
