import { AppError } from '../../shared/app-error.ts';
import type { BinaryFormat, TextFormat } from './document-formats.ts';
import { zipDocumentFormat } from './zip-document-format.ts';

type Signature = { readonly bytes: readonly number[]; readonly offset?: number; readonly format: string };

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

const imageSignatures: readonly Signature[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], format: 'PNG' },
  { bytes: [0xff, 0xd8, 0xff], format: 'JPEG' },
  { bytes: ascii('GIF87a'), format: 'GIF' },
  { bytes: ascii('GIF89a'), format: 'GIF' },
  { bytes: ascii('WEBP'), offset: 8, format: 'WebP' },
  { bytes: ascii('II*\0'), format: 'TIFF' },
  { bytes: ascii('MM\0*'), format: 'TIFF' },
];

/** Files that a person may mean as a document, in formats that Sotto does not read. */
const unreadSignatures: readonly Signature[] = [
  { bytes: ascii('{\\rtf'), format: 'RTF' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], format: 'Microsoft Office 97' },
  { bytes: ascii('II+\0'), format: 'BigTIFF' },
  { bytes: ascii('MM\0+'), format: 'BigTIFF' },
  { bytes: ascii('AT&TFORM'), format: 'DjVu' },
  { bytes: ascii('BOOKMOBI'), offset: 60, format: 'Mobipocket' },
  { bytes: ascii('ftyphei'), offset: 4, format: 'HEIC' },
  { bytes: ascii('ftypmif1'), offset: 4, format: 'HEIC' },
  { bytes: ascii('ftypavif'), offset: 4, format: 'AVIF' },
  { bytes: ascii('%!PS-'), format: 'PostScript' },
];

/** Files that are no documents at all. */
const binarySignatures: readonly Signature[] = [
  { bytes: ascii('GGUF'), format: 'GGUF' },
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

const carries = (bytes: Uint8Array, { bytes: expected, offset = 0 }: Signature): boolean =>
  expected.every((byte, index) => bytes[offset + index] === byte);

const extensionOf = (name: string): string => /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '';

/** A bitmap says its own size in bytes 2 to 5, and has zeros where a text has words. */
function isBitmap(bytes: Buffer): boolean {
  return bytes.length > 26 && bytes.toString('latin1', 0, 2) === 'BM' && bytes.readUInt32LE(6) === 0;
}

/** Readers of PDF allow for bytes before the mark; a text that only speaks of it does not end in `.pdf`. */
function isPdf(bytes: Buffer, name: string): boolean {
  const at = bytes.subarray(0, 1_024 + 5).indexOf('%PDF-');
  return at === 0 || (at > 0 && extensionOf(name) === '.pdf');
}

/** An Office document with a password is an old container with this stream, whose name is in UTF-16. */
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * The format of a file that is not text, by its bytes alone; null when it may be text. Throws `file/unsupported-format`
 * with the format's name for documents that Sotto does not read, `file/encrypted` for an Office document with a password,
 * `file/binary` for anything else that is known not to be text.
 */
export function detectBinaryFormat(bytes: Buffer, name: string): BinaryFormat | null {
  if (isPdf(bytes, name)) return 'pdf';
  if (isBitmap(bytes) || imageSignatures.some((signature) => carries(bytes, signature))) return 'image';
  if (carries(bytes, { bytes: [0x50, 0x4b, 0x03, 0x04], format: 'ZIP' })) return zipDocumentFormat(bytes, name);
  const unread = unreadSignatures.find((signature) => carries(bytes, signature))?.format;
  if (unread === 'Microsoft Office 97' && bytes.includes(encryptedStream)) {
    throw new AppError('file/encrypted', 'The document is protected with a password.', { name });
  }
  if (unread !== undefined)
    throw new AppError('file/unsupported-format', `${unread} is not read.`, { name, format: unread });
  // `MZ` alone may begin a text; the programs that it marks have zero bytes and are found by them.
  const binary = binarySignatures.find((signature) => carries(bytes, signature))?.format;
  if (binary !== undefined)
    throw new AppError('file/binary', `The bytes are ${binary}, not text.`, { name, format: binary });
  return null;
}

const extensions: ReadonlyMap<string, TextFormat> = new Map(
  (
    [
      ['markdown', 'md markdown mdown mkd mdx qmd rmd'],
      ['table', 'csv tsv tab'],
      ['html', 'html htm xhtml xht'],
      ['text', 'txt text log rst adoc asciidoc org tex textile nfo vtt srt'],
      [
        'code',
        `js mjs cjs jsx ts mts cts tsx vue svelte astro py pyi rb php java kt kts scala groovy gradle c h cc cpp cxx hh hpp
        hxx m mm cs fs vb go rs swift dart lua pl pm r jl hs elm clj cljs ex exs erl ml mli nim zig d pas f90 f95 cob asm s
        sh bash zsh fish ps1 psm1 bat cmd sql graphql gql proto css scss sass less json jsonl ndjson json5 jsonc geojson
        ipynb xml xsd xsl xslt svg plist yaml yml toml ini cfg conf properties env tf hcl cmake mk dockerfile diff patch
        sol v vhd vhdl sv tcl awk sed vim el lisp scm rkt`,
      ],
    ] as const
  ).flatMap(([format, names]) => names.split(/\s+/).map((name) => [`.${name}`, format] as const)),
);

const codeNames = /^(?:makefile|dockerfile|gemfile|rakefile|cmakelists\.txt|\.[a-z]+rc|\.gitignore|\.editorconfig)$/i;
const mailField = /^(?:return-path|received|delivered-to|message-id|mime-version|dkim-signature|x-[\w-]+):/im;

/** The head of a message: fields and nothing else up to the blank line, two of them of every mail, one of the transport. */
function isMail(head: string): boolean {
  const fields = head.split(/\n\n/, 1)[0] ?? '';
  const isFields = fields.split('\n').every((line) => /^(?:[\w-]+:|[ \t])/.test(line));
  return isFields && /^from:/im.test(fields) && /^(?:date|subject):/im.test(fields) && mailField.test(fields);
}

/** Whether a file is a letter, by its head or, where that does not tell, by its name; before it is decoded, as its parts may be in several encodings. */
export function isMailFile(bytes: Buffer, name: string): boolean {
  const known = extensions.get(extensionOf(name));
  if (/\.(?:eml|emlx|mht|mhtml)$/i.test(name)) return true;
  const head = bytes.toString('latin1', 0, 16_384).replaceAll('\r\n', '\n');
  return known === undefined || known === 'text' ? isMail(head) : false;
}

/** What kind of text it is: by its content where that is plain to see, otherwise by the name's extension; text when neither tells. */
export function textFormat(text: string, name: string): TextFormat {
  const known = extensions.get(extensionOf(name)) ?? (codeNames.test(name) ? 'code' : null);
  if (known === 'code' || known === 'markdown') return known;
  const head = text.slice(0, 16_384).trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])/i.test(head)) return 'html';
  if (/^#![^\n]*\n/.test(head) && known === null) return 'code';
  return known ?? 'text';
}
