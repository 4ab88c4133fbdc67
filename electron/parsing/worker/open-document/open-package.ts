import { AppError } from '../../../shared/app-error.ts';
import { openDocumentArchive } from '../archive/document-archive.ts';
import type { DocumentArchive } from '../archive/document-archive.ts';
import { ElementBudget, XmlReader } from '../archive/xml-reader.ts';

/** The parts of an OpenDocument file. */
export class OpenPackage {
  readonly #archive: DocumentArchive;
  readonly #budget: ElementBudget;
  readonly #name: string;

  constructor(archive: DocumentArchive, name: string) {
    this.#archive = archive;
    this.#budget = new ElementBudget(name);
    this.#name = name;
  }

  /** Whether a part that was read is not as it was written. */
  get hasDamage(): boolean {
    return this.#archive.hasDamage;
  }

  /** Begins to read a part; null when it is not there. Throws `file/damaged`, `file/encrypted`, `file/too-complex`. */
  async open(path: string): Promise<XmlReader | null> {
    const bytes = await this.#archive.read(path);
    return bytes && new XmlReader(bytes, this.#budget);
  }

  /** Begins to read the part with the content. Throws `file/damaged` when there is none. */
  async content(): Promise<XmlReader> {
    const reader = await this.open('content.xml');
    if (reader) return reader;
    throw new AppError('file/damaged', 'The content of the document is missing.', { name: this.#name });
  }

  /** The title that the document's properties give; null without one. */
  async title(): Promise<string | null> {
    const reader = await this.open('meta.xml');
    for (const _document of reader?.children() ?? []) {
      for (const meta of reader?.children() ?? []) {
        if (meta.name !== 'office:meta') continue;
        for (const element of reader?.children() ?? []) if (element.name === 'dc:title') return reader?.text() ?? null;
      }
    }
    return null;
  }

  /** Throws `file/encrypted` when the manifest says how to decrypt parts. */
  async refuseEncrypted(): Promise<void> {
    const reader = await this.open('META-INF/manifest.xml');
    for (const _manifest of reader?.children() ?? []) {
      for (const _entry of reader?.children() ?? []) {
        for (const element of reader?.children() ?? []) {
          if (element.name !== 'manifest:encryption-data') continue;
          throw new AppError('file/encrypted', 'The document has a password.', { name: this.#name });
        }
      }
    }
  }
}

/** Opens an OpenDocument file. Throws `file/damaged`, `file/encrypted`, `file/too-complex`. */
export async function openOpenPackage(bytes: Buffer, name: string): Promise<OpenPackage> {
  const files = new OpenPackage(await openDocumentArchive(bytes, name), name);
  await files.refuseEncrypted();
  return files;
}
