import type { PageDrawer, PageImageRequest } from '../../../parsing/document-reader.ts';
import { AppError } from '../../../shared/app-error.ts';
import { hasPageImages } from '../../../shared/document.ts';
import type { DocumentDescription, PageView } from '../../../shared/document.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import type { Storage, StoredPage } from '../../../storage/storage.ts';
import type { FilesService } from '../../files/files-service.ts';
import type { DocumentsService } from '../documents-service.ts';
import { findOriginal } from './find-original.ts';
import type { KnownHashes, Original } from './find-original.ts';
import { highlightBoxes } from './highlight-boxes.ts';
import { createKeptOriginals } from './kept-originals.ts';
import type { KeptOriginals } from './kept-originals.ts';
import { createPictureCache } from './picture-cache.ts';

/** What the viewer stands on. */
export type ViewPagesOptions = {
  readonly storage: Pick<Storage, 'documents' | 'libraryFiles'>;
  readonly drawer: PageDrawer;
  readonly files: Pick<FilesService, 'ticketForUpload' | 'resolve' | 'release'>;
};

/** Pages as they are shown. */
export type PageViewer = Pick<DocumentsService, 'pages' | 'pageView' | 'pageImage'> & {
  /** Forgets what was drawn of it. */
  readonly forget: (id: DocumentId) => Promise<void>;
};

/** Pictures that are kept in memory. */
const pictureLimitBytes = 32 * 1024 * 1024;

const pictureStates: Readonly<Record<Original['kind'], PageView['picture']>> = {
  file: 'available',
  kept: 'available',
  changed: 'original-changed',
  missing: 'original-missing',
};

const neverAborted = new AbortController().signal;

type Tools = Pick<ViewPagesOptions, 'storage' | 'drawer'> & {
  readonly kept: KeptOriginals;
  readonly hashes: KnownHashes;
};

/** Draws a page from wherever the document's bytes are. Throws `file/changed`, `file/not-found`, and what the drawer throws. */
async function drawPage(
  document: DocumentDescription,
  { page, widthPixels }: Pick<PageImageRequest, 'page' | 'widthPixels'>,
  { storage, drawer, kept, hashes }: Tools,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { name, hash } = document;
  const original = await findOriginal(document, storage, hashes, signal);
  if (original.kind === 'changed') throw new AppError('file/changed', 'The file has other bytes now.', { name });
  if (original.kind === 'missing') throw new AppError('file/not-found', 'The original is gone.', { name });
  const file = original.kind === 'file' ? original.file : await kept.open(document);
  return (await drawer.draw({ file, hash, page, widthPixels }, signal)).bytes;
}

/** Makes the viewer over `get`, which throws `app/not-found`. */
export function createPageViewer(
  { storage, drawer, files }: ViewPagesOptions,
  get: (id: DocumentId) => Promise<DocumentDescription>,
): PageViewer {
  const pictures = createPictureCache(pictureLimitBytes);
  const kept = createKeptOriginals(storage, files);
  const hashes: KnownHashes = new Map();
  const tools: Tools = { storage, drawer, kept, hashes };

  const pageOf = async (id: DocumentId, page: number): Promise<StoredPage> => {
    const found = await storage.documents.page(id, page);
    if (found === null) throw new AppError('app/not-found', 'The document has no such page.', { kind: 'page' });
    return found;
  };

  return {
    async pages(id) {
      await get(id);
      return storage.documents.pages(id);
    },
    async pageView(id, page, highlight) {
      const document = await get(id);
      const stored = await pageOf(id, page);
      const { start, end } = stored.page;
      const text = await storage.documents.text(id, start, end);
      const picture = hasPageImages(document.format)
        ? pictureStates[(await findOriginal(document, storage, hashes, neverAborted)).kind]
        : 'none';
      return {
        documentId: id,
        documentName: document.name,
        format: document.format,
        page: stored.page,
        pageCount: document.pages ?? page,
        text,
        highlights: highlight === null ? [] : highlightBoxes(stored, highlight, text),
        picture,
      };
    },
    async pageImage(id, page, widthPixels, signal) {
      const document = await get(id);
      await pageOf(id, page);
      if (!hasPageImages(document.format)) {
        throw new AppError('app/not-found', 'Pages of this format have no picture.', { kind: 'page' });
      }
      const key = `${id}:${page}:${widthPixels}`;
      const known = pictures.get(key);
      if (known !== null) return known;
      const bytes = await drawPage(document, { page, widthPixels }, tools, signal);
      pictures.put(key, bytes);
      return bytes;
    },
    async forget(id) {
      pictures.forget(`${id}:`);
      await kept.forget(id);
    },
  };
}
