import { posix } from 'node:path';
import { AppError } from '../../../shared/app-error.ts';
import type { DocumentArchive } from '../archive/document-archive.ts';
import { ElementBudget, XmlReader } from '../archive/xml-reader.ts';

/** A document of the spine. */
export type Chapter = {
  readonly path: string;
  readonly isXml: boolean;
};

/** What the package of a book says of it. */
export type Book = {
  readonly title: string | null;
  /** In reading order. */
  readonly chapters: readonly Chapter[];
  /** Titles of the table of contents, by the path of the chapter that they lead to. */
  readonly labels: ReadonlyMap<string, string>;
};

type Item = { readonly path: string; readonly mediaType: string; readonly isNavigation: boolean };

/** Entries of the manifest, the spine and the table of contents. */
const itemLimit = 50_000;

/** Fonts are made unreadable for other books by these; nobody needs a key to read the text. */
const fontAlgorithms = ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC'];

/** Where a reference of a part leads; null for one that leads out of the book. */
function resolvePath(folder: string, reference: string): string | null {
  const [path = ''] = reference.split(/[?#]/, 1);
  if (path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path)) return null;
  try {
    return posix.resolve('/', folder, decodeURIComponent(path)).slice(1);
  } catch {
    return posix.resolve('/', folder, path).slice(1);
  }
}

/** Reads the parts of a book that say what belongs to it. */
class BookReader {
  readonly #archive: DocumentArchive;
  readonly #name: string;
  readonly #budget: ElementBudget;

  constructor(archive: DocumentArchive, name: string) {
    this.#archive = archive;
    this.#name = name;
    this.#budget = new ElementBudget(name);
  }

  /** Throws `file/encrypted` when anything but fonts needs a key. */
  async refuseEncrypted(): Promise<void> {
    const reader = await this.#open('META-INF/encryption.xml');
    if (!reader) return;
    for (const element of elementsOf(reader)) {
      if (element.name !== 'enc:EncryptionMethod' || fontAlgorithms.includes(element.get('Algorithm') ?? '')) continue;
      throw new AppError('file/encrypted', 'The book is protected against copying.', { name: this.#name });
    }
  }

  async read(): Promise<Book> {
    const path = await this.#packagePath();
    const reader = await this.#open(path);
    if (!reader) throw new AppError('file/damaged', 'The package of the book is missing.', { name: this.#name });
    let title: string | null = null;
    const items = new Map<string, Item>();
    const spine: string[] = [];
    for (const element of elementsOf(reader)) {
      if (element.name === 'dc:title') title ??= reader.text();
      else if (element.name === 'opf:itemref' && spine.length < itemLimit) spine.push(element.get('idref') ?? '');
      else if (element.name === 'opf:item' && items.size < itemLimit) {
        const resolved = resolvePath(posix.dirname(path), element.get('href') ?? '');
        const mediaType = element.get('media-type') ?? '';
        const isNavigation = (element.get('properties') ?? '').split(/\s+/).includes('nav');
        if (resolved !== null) items.set(element.get('id') ?? '', { path: resolved, mediaType, isNavigation });
      }
    }
    return { title, chapters: chaptersOf(spine, items), labels: await this.#labels([...items.values()]) };
  }

  async #open(path: string): Promise<XmlReader | null> {
    const bytes = await this.#archive.read(path);
    return bytes && new XmlReader(bytes, this.#budget);
  }

  async #packagePath(): Promise<string> {
    const reader = await this.#open('META-INF/container.xml');
    if (reader) {
      for (const element of elementsOf(reader)) {
        const path = element.name === 'ocf:rootfile' ? resolvePath('', element.get('full-path') ?? '') : null;
        if (path !== null) return path;
      }
    }
    // A book without the part that says where its package lies has mostly one at a place that can be guessed.
    const path = this.#archive.paths.find((candidate) => candidate.endsWith('.opf'));
    if (path !== undefined) return path;
    throw new AppError('file/damaged', 'The book does not say what belongs to it.', { name: this.#name });
  }

  /** Titles from the table of contents: that of EPUB 3 where there is one, else that of EPUB 2. */
  async #labels(items: readonly Item[]): Promise<ReadonlyMap<string, string>> {
    const labels = new Map<string, string>();
    const add = (part: string, reference: string | null, label: string): void => {
      const path = reference === null ? null : resolvePath(posix.dirname(part), reference);
      const tidy = label.replaceAll(/\s+/g, ' ').trim();
      if (path !== null && tidy !== '' && !labels.has(path) && labels.size < itemLimit) labels.set(path, tidy);
    };
    const navigation = items.find(({ isNavigation }) => isNavigation);
    const reader = navigation ? await this.#open(navigation.path) : null;
    if (reader && navigation) readNavigation(reader, (reference, label) => add(navigation.path, reference, label));
    const ncx = items.find(({ mediaType }) => mediaType === 'application/x-dtbncx+xml');
    const older = ncx && labels.size === 0 ? await this.#open(ncx.path) : null;
    if (older && ncx) readNcx(older, (reference, label) => add(ncx.path, reference, label));
    return labels;
  }
}

/** All elements of a part; the text of each can be read as it comes. */
function* elementsOf(reader: XmlReader): ReturnType<XmlReader['children']> {
  for (const element of reader.children()) {
    yield element;
    yield* elementsOf(reader);
  }
}

function chaptersOf(spine: readonly string[], items: ReadonlyMap<string, Item>): readonly Chapter[] {
  const chapters: Chapter[] = [];
  // A spine names each document once; a hostile one would have the same text read again and again.
  for (const id of new Set(spine)) {
    const item = items.get(id);
    // A page that only lists the chapters says nothing that their titles do not say.
    if (!item || item.isNavigation) continue;
    chapters.push({ path: item.path, isXml: item.mediaType !== 'text/html' });
  }
  return chapters;
}

type AddLabel = (reference: string | null, label: string) => void;

function readNavigation(reader: XmlReader, add: AddLabel): void {
  for (const element of reader.children()) {
    const kind = element.get('epub:type');
    // Lists of pages and landmarks are navigation too.
    if (element.name === 'html:nav' && kind !== null && kind !== 'toc') continue;
    if (element.name === 'html:a') add(element.get('href'), reader.text());
    else readNavigation(reader, add);
  }
}

function readNcx(reader: XmlReader, add: AddLabel): void {
  let label = '';
  for (const element of reader.children()) {
    if (element.name === 'ncx:navLabel') label = reader.text();
    else if (element.name === 'ncx:content') add(element.get('src'), label);
    else if (element.name !== 'ncx:pageList') readNcx(reader, add);
  }
}

/** Reads what a book says of itself. Throws `file/damaged`, `file/encrypted`, `file/too-complex`. */
export async function readBook(archive: DocumentArchive, name: string): Promise<Book> {
  const reader = new BookReader(archive, name);
  await reader.refuseEncrypted();
  return await reader.read();
}
