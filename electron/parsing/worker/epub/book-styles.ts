import { posix } from 'node:path';
import type { DocumentArchive } from '../archive/document-archive.ts';

/** Style sheets of one book, and characters of each, that are read. */
const sheetLimit = 100;
const sheetCharacters = 100_000;

/** Style sheets that one chapter may name. */
const linkLimit = 8;

/** Characters in which a chapter names its style sheets. */
const headCharacters = 20_000;

/** The style sheets of a book: what they hide, nobody who reads the book sees. */
export class BookStyles {
  readonly #archive: DocumentArchive;
  readonly #sheets = new Map<string, string>();

  constructor(archive: DocumentArchive) {
    this.#archive = archive;
  }

  /** A chapter with the style sheets that it names written into it. @param path - of the chapter. */
  async inline(html: string, path: string): Promise<string> {
    const sheets: string[] = [];
    for (const { 0: link } of html.slice(0, headCharacters).matchAll(/<link\b[^<>]{0,1000}>/gi)) {
      const href = /\bhref\s*=\s*["']([^"'#?]{1,500})/i.exec(link)?.[1];
      if (href === undefined || !/\brel\s*=\s*["'][^"']*stylesheet/i.test(link) || sheets.length >= linkLimit) continue;
      sheets.push(await this.#sheet(posix.resolve('/', posix.dirname(path), href).slice(1)));
    }
    if (sheets.length === 0) return html;
    const style = `<style>${sheets.join('\n').replaceAll('<', ' ')}</style>`;
    const head = /<head\b[^<>]{0,1000}>/i.exec(html.slice(0, headCharacters));
    const at = head ? head.index + head[0].length : 0;
    return head?.[0].endsWith('/>') ? `${style}${html}` : `${html.slice(0, at)}${style}${html.slice(at)}`;
  }

  async #sheet(path: string): Promise<string> {
    const known = this.#sheets.get(path);
    if (known !== undefined) return known;
    const bytes = this.#sheets.size < sheetLimit ? await this.#archive.read(path) : null;
    const css = bytes?.subarray(0, sheetCharacters).toString('utf8') ?? '';
    this.#sheets.set(path, css);
    return css;
  }
}
