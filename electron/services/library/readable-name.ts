import { AppError } from '../../shared/app-error.ts';
import type { AppErrorData } from '../../shared/app-error.ts';
import { documentSizeLimitBytes } from '../../shared/document.ts';
import { safeFileName } from '../../shared/file-name.ts';

/** Endings of files that hold no text to read, by kind. What has another ending is told by its bytes. */
const endings = {
  video: '3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg mts ogv vob webm wmv',
  audio: 'aac aif aiff amr ape flac m4a m4b mid midi mp3 oga ogg opus wav wma',
  archive: '7z ace arj bz2 cab cpio gz iso jar lz lz4 lzma rar tar tbz tgz txz war xar xz z zip zst',
  package: 'apk appimage appx crx deb dmg flatpak ipa msi msix pkg rpm snap whl xpi',
  program: 'a class dll dylib elf exe ko lib o obj pyc pyd pyo rlib scr so sys wasm',
  image: 'arw blend blp cr2 cr3 dds dng heic heif icns ico kra nef orf psb psd raf rw2 xcf',
  font: 'eot otf ttc ttf woff woff2',
  database: 'accdb db db3 dbf fdb frm ibd ldf mdb mdf myd myi realm sqlite sqlite3 sst',
  model: 'ckpt gguf ggml h5 npy npz onnx pb pkl pt pth safetensors tflite',
  disk: 'img ova ovf qcow2 vdi vhdx vmdk vmem',
  unfinished: 'crdownload download part swo swp torrent',
} as const;

const unreadable: ReadonlySet<string> = new Set(Object.values(endings).flatMap((list) => list.split(' ')));

const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/** True for a name that no document has. */
export function isSurelyNoDocument(name: string): boolean {
  return unreadable.has(endingOf(name));
}

/** Why a regular file is left out without being opened; null when it is to be read. */
export function reasonToSkip(name: string, sizeBytes: number): AppErrorData | null {
  const details = { name: safeFileName(name) };
  if (isSurelyNoDocument(name)) {
    return new AppError('file/unsupported-format', 'The name is of no document.', details).toData();
  }
  if (sizeBytes === 0) return new AppError('file/empty', 'The file has no bytes.', details).toData();
  if (sizeBytes > documentSizeLimitBytes) {
    const limit = { ...details, limitBytes: documentSizeLimitBytes };
    return new AppError('file/too-large', 'The file is larger than what is read.', limit).toData();
  }
  return null;
}
