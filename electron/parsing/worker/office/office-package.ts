import { posix } from 'node:path';
import { AppError } from '../../../shared/app-error.ts';
import { openDocumentArchive } from '../archive/document-archive.ts';
import type { DocumentArchive } from '../archive/document-archive.ts';
import { ElementBudget, XmlReader } from '../archive/xml-reader.ts';

/** How one part names another. `type` is the last word of the relationship's address, such as `styles`. */
export type Relationship = { readonly id: string; readonly type: string; readonly path: string };

/** Relationships of one part that are read. */
const relationshipLimit = 50_000;

/** The parts of an Office file, and how they point at each other. What lies outside of the file is never looked at. */
export class OfficePackage {
  readonly name: string;
  readonly #archive: DocumentArchive;
  readonly #budget: ElementBudget;
  readonly #relationships = new Map<string, readonly Relationship[]>();

  constructor(archive: DocumentArchive, name: string) {
    this.#archive = archive;
    this.#budget = new ElementBudget(name);
    this.name = name;
  }

  /** Whether a part that was read is not as it was written. */
  get hasDamage(): boolean {
    return this.#archive.hasDamage;
  }

  /** Begins to read a part; null when it is not there. Throws `file/damaged`, `file/encrypted`, `file/too-complex`. */
  async open(path: string | null): Promise<XmlReader | null> {
    const bytes = path === null ? null : await this.#archive.read(path);
    return bytes && new XmlReader(bytes, this.#budget);
  }

  /** What a part (the package itself: `''`) points at inside the file. */
  async relationshipsOf(path: string): Promise<readonly Relationship[]> {
    const known = this.#relationships.get(path);
    if (known) return known;
    const found: Relationship[] = [];
    const folder = posix.dirname(path);
    const reader = await this.open(posix.join(folder, '_rels', `${posix.basename(path)}.rels`));
    for (const root of reader?.children() ?? []) {
      if (root.name !== 'rel:Relationships') continue;
      for (const element of reader?.children() ?? []) {
        const [id, type, target] = [element.get('Id'), element.get('Type'), element.get('Target')];
        const isInside = element.get('TargetMode')?.toLowerCase() !== 'external';
        if (id === null || type === null || target === null || !isInside || found.length >= relationshipLimit) continue;
        found.push({ id, type: posix.basename(type), path: posix.resolve('/', folder, target).slice(1) });
      }
    }
    this.#relationships.set(path, found);
    return found;
  }

  /** The first part of this kind that a part points at; null without one. */
  async related(path: string, type: string): Promise<string | null> {
    return (await this.relationshipsOf(path)).find((relationship) => relationship.type === type)?.path ?? null;
  }

  /** The path of the main part. Throws `file/damaged` when there is none. */
  async mainPart(): Promise<string> {
    const path = await this.related('', 'officeDocument');
    if (path === null || !this.#archive.has(path)) {
      throw new AppError('file/damaged', 'The main part of the document is missing.', { name: this.name });
    }
    return path;
  }

  /** The title that the document's properties give; null without one. */
  async title(): Promise<string | null> {
    const reader = await this.open(await this.related('', 'core-properties'));
    for (const root of reader?.children() ?? []) {
      if (!root.name.endsWith(':coreProperties')) continue;
      for (const element of reader?.children() ?? []) if (element.name === 'dc:title') return reader?.text() ?? null;
    }
    return null;
  }
}

/** Opens an Office file. Throws `file/damaged`, and `file/too-complex` when it lists too many parts. */
export async function openOfficePackage(bytes: Buffer, name: string): Promise<OfficePackage> {
  return new OfficePackage(await openDocumentArchive(bytes, name), name);
}
