import { AppError } from '../../shared/app-error.ts';
import type { BinaryFormat } from './document-formats.ts';

const directoryEnd = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const directoryEntry = 0x02014b50;

/** Members that are looked at; a document has its own among the first of them or is none. */
const memberLimit = 20_000;

/** Names of the members, from the directory at the end of the archive; none when it is cut off or damaged. */
function memberNames(bytes: Buffer): readonly string[] {
  const end = bytes.lastIndexOf(directoryEnd);
  if (end === -1 || end + 22 > bytes.length) return [];
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (names.length < memberLimit && at + 46 <= end && bytes.readUInt32LE(at) === directoryEntry) {
    const nameLength = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString('latin1', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}

const mediaTypes: readonly (readonly [string, BinaryFormat])[] = [
  ['application/epub+zip', 'epub'],
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
];

const parts: readonly (readonly [string, BinaryFormat])[] = [
  ['word/', 'docx'],
  ['xl/', 'xlsx'],
  ['ppt/', 'pptx'],
];

const extensions: readonly (readonly [RegExp, BinaryFormat])[] = [
  [/\.(?:docx|docm|dotx|dotm)$/i, 'docx'],
  [/\.(?:xlsx|xlsm|xltx|xltm)$/i, 'xlsx'],
  [/\.(?:pptx|pptm|ppsx|potx)$/i, 'pptx'],
  [/\.(?:odt|ott)$/i, 'odt'],
  [/\.(?:ods|ots)$/i, 'ods'],
  [/\.(?:odp|otp)$/i, 'odp'],
  [/\.epub$/i, 'epub'],
];

function officeFormat(names: readonly string[]): BinaryFormat | null {
  // A text document may have a workbook embedded; what the archive is, is where most of its parts are.
  const counts = parts.map(([folder, format]) => ({
    format,
    count: names.filter((name) => name.startsWith(folder)).length,
  }));
  const most = counts.reduce((best, next) => (next.count > best.count ? next : best));
  return most.count > 0 ? most.format : null;
}

/**
 * What document a ZIP archive holds: by its `mimetype` member, by its parts, and only where the archive is too damaged to
 * say, by the name. Throws `file/unsupported-format` for kinds that are not read, `file/binary` for other archives.
 */
export function zipDocumentFormat(bytes: Buffer, name: string): BinaryFormat {
  const names = memberNames(bytes);
  const head = bytes.subarray(0, 256).toString('latin1');
  // The media type is stored as it is right after the first member's name; `-template` ends with the same words.
  const byType = head.slice(30, 38) === 'mimetype' ? mediaTypes.find(([type]) => head.includes(type))?.[1] : undefined;
  if (byType) return byType;
  if (names.includes('xl/workbook.bin')) throw unsupported(name, 'XLSB');
  if (names.some((member) => member.startsWith('Index/') && member.endsWith('.iwa'))) throw unsupported(name, 'iWork');
  const found = officeFormat(names);
  if (found) return found;
  if (names.includes('META-INF/container.xml')) return 'epub';
  const byName = extensions.find(([pattern]) => pattern.test(name))?.[1];
  if (byName) return byName;
  throw new AppError('file/binary', 'The bytes are an archive, not text.', { name, format: 'ZIP' });
}

const unsupported = (name: string, format: string): AppError =>
  new AppError('file/unsupported-format', `${format} is not read.`, { name, format });
