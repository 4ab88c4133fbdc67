import { docxMembers, wordParagraph } from '../office-builder.ts';
import { writeZip } from '../zip-writer.ts';
import type { HostileDocument } from './hostile-document.ts';

const members = docxMembers(wordParagraph('Words.'));

/** A directory whose entries all unpack the same bytes: the archive is small, what it lists is not. */
function overlapping(): Buffer {
  const archive = writeZip([...members, { name: 'word/media/0', content: Buffer.alloc(15 * 1024 * 1024) }]);
  const directory = archive.readUInt32LE(archive.length - 6);
  const listed = archive.subarray(directory, -22);
  const last = listed.subarray(listed.lastIndexOf('PK\u0001\u0002', undefined, 'latin1'));
  const copies = Array.from({ length: 15_000 }, () => last);
  const end = Buffer.from(archive.subarray(-22));
  const size = listed.length + last.length * copies.length;
  end.writeUInt16LE(members.length + 1 + copies.length, 8);
  end.writeUInt16LE(members.length + 1 + copies.length, 10);
  end.writeUInt32LE(size, 12);
  return Buffer.concat([archive.subarray(0, directory), listed, ...copies, end]);
}

/** An archive whose end was written over: `at` is counted from its beginning. */
function endWith(at: number, value: number): Buffer {
  const archive = writeZip(members);
  archive.writeUInt16LE(value, archive.length - 22 + at);
  return archive;
}

/** What an archive can lie about, in a Word document. */
export function archiveBombs(): readonly HostileDocument[] {
  return [
    { name: 'overlapping.docx', make: overlapping },
    { name: 'count.docx', make: () => endWith(10, 0xffff) },
    { name: 'directory-size.docx', make: () => endWith(14, 0xffff) },
    { name: 'directory-place.docx', make: () => endWith(18, 0x7fff) },
    { name: 'end-comment.docx', make: () => endWith(20, 0xffff) },
    {
      name: 'parts.docx',
      make: () =>
        writeZip([...members, ...Array.from({ length: 25_000 }, (_, index) => ({ name: `a${index}`, content: '' }))]),
    },
    {
      name: 'claims-little.docx',
      make: () =>
        writeZip(docxMembers(wordParagraph('a'.repeat(90_000_000))).map((member) => ({ ...member, claimedBytes: 10 }))),
    },
    {
      name: 'claims-much.docx',
      make: () => writeZip(members.map((member) => ({ ...member, claimedBytes: 0xfffffff0 }))),
    },
    {
      name: 'stray-names.docx',
      make: () => writeZip([...members, { name: `${'../'.repeat(20_000)}a`, content: 'x' }]),
    },
    { name: 'twice.docx', make: () => writeZip([...members, ...members]) },
    { name: 'empty.docx', make: () => writeZip([]) },
    {
      name: 'inside-itself.docx',
      make: () => writeZip([{ name: 'word/document.xml', content: writeZip(members) }, ...members.slice(0, 1)]),
    },
  ];
}
