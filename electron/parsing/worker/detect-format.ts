import { AppError } from '../../shared/app-error.ts';
import type { DocumentFormat } from '../../shared/document.ts';

type Signature = { readonly bytes: readonly number[]; readonly offset?: number; readonly format: string };

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

/** Files that a person may mean as a document, in formats that Sotto does not read. */
const documentSignatures: readonly Signature[] = [
  { bytes: ascii('%PDF-'), format: 'PDF' },
  { bytes: ascii('{\\rtf'), format: 'RTF' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], format: 'Microsoft Office 97' },
  { bytes: ascii('AT&TFORM'), format: 'DjVu' },
  { bytes: ascii('BOOKMOBI'), offset: 60, format: 'Mobipocket' },
];

/** Files that are no documents at all. */
const binarySignatures: readonly Signature[] = [
  { bytes: ascii('GGUF'), format: 'GGUF' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], format: 'PNG' },
  { bytes: [0xff, 0xd8, 0xff], format: 'JPEG' },
  { bytes: ascii('GIF8'), format: 'GIF' },
  { bytes: ascii('RIFF'), format: 'RIFF' },
  { bytes: [0x1f, 0x8b], format: 'gzip' },
  { bytes: ascii('BZh'), format: 'bzip2' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], format: 'xz' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], format: 'Zstandard' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], format: '7-Zip' },
  { bytes: ascii('Rar!'), format: 'RAR' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], format: 'ELF' },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], format: 'Mach-O' },
  { bytes: [0xca, 0xfe, 0xba, 0xbe], format: 'Java class' },
  { bytes: ascii('SQLite format 3'), format: 'SQLite' },
  { bytes: ascii('OggS'), format: 'Ogg' },
  { bytes: ascii('fLaC'), format: 'FLAC' },
  { bytes: ascii('ID3'), format: 'MP3' },
  { bytes: ascii('ftyp'), offset: 4, format: 'MP4' },
  { bytes: ascii('wOFF'), format: 'WOFF' },
];

/** What the first member of a ZIP, or the file's extension, says of the document inside. */
const zipFormats: readonly { readonly extension: string; readonly mark: string; readonly format: string }[] = [
  { extension: '.epub', mark: 'application/epub+zip', format: 'EPUB' },
  { extension: '.odt', mark: 'application/vnd.oasis.opendocument.text', format: 'OpenDocument' },
  { extension: '.ods', mark: 'application/vnd.oasis.opendocument.spreadsheet', format: 'OpenDocument' },
  { extension: '.odp', mark: 'application/vnd.oasis.opendocument.presentation', format: 'OpenDocument' },
  { extension: '.docx', mark: 'word/', format: 'DOCX' },
  { extension: '.xlsx', mark: 'xl/', format: 'XLSX' },
  { extension: '.pptx', mark: 'ppt/', format: 'PPTX' },
];

const carries = (bytes: Uint8Array, { bytes: expected, offset = 0 }: Signature): boolean =>
  expected.every((byte, index) => bytes[offset + index] === byte);

const extensionOf = (name: string): string => /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '';

function zipFormat(bytes: Buffer, name: string): string | null {
  if (!carries(bytes, { bytes: [0x50, 0x4b, 0x03, 0x04], format: 'ZIP' })) return null;
  const extension = extensionOf(name);
  const head = bytes.subarray(0, 4_096).toString('latin1');
  return zipFormats.find((known) => known.extension === extension || head.includes(known.mark))?.format ?? 'ZIP';
}

/**
 * Refuses what is not text by its first bytes: `file/unsupported-format` with the format's name for documents that
 * Sotto does not read, `file/binary` for anything else that is known not to be text.
 */
export function refuseKnownBinary(bytes: Buffer, name: string): void {
  const zip = zipFormat(bytes, name);
  const document = documentSignatures.find((signature) => carries(bytes, signature))?.format ?? zip;
  if (document !== null && document !== 'ZIP') {
    throw new AppError('file/unsupported-format', `${document} is not read.`, { name, format: document });
  }
  // `MZ` and `BM` alone may begin a text; the formats that they mark have zero bytes and are found by them.
  const binary = binarySignatures.find((signature) => carries(bytes, signature))?.format ?? zip;
  if (binary !== null)
    throw new AppError('file/binary', `The bytes are ${binary}, not text.`, { name, format: binary });
}

/** Text or Markdown, by the name's extension; text when it says nothing. */
export function textFormat(name: string): DocumentFormat {
  return ['.md', '.markdown', '.mdown', '.mkd', '.mdx'].includes(extensionOf(name)) ? 'markdown' : 'text';
}
