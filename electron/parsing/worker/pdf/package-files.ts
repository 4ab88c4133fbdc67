import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Folders of pdf.js's package that a document may need something from: character maps, standard fonts, decoders. */
const folders = { cMapUrl: 'cmaps', standardFontDataUrl: 'standard_fonts', wasmUrl: 'wasm' } as const;

const packageFolder = (): string => dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** What pdf.js is told instead of addresses, so that it can build none. */
export const packageLocations = {
  cMapUrl: 'package:/cmaps/',
  standardFontDataUrl: 'package:/standard_fonts/',
  wasmUrl: 'package:/wasm/',
} as const;

/**
 * Hands pdf.js the data files of its own package. A name comes from the document (a character map's, for instance), so a
 * name that is not a plain file name is refused.
 */
export class PackageFiles {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const folder = Object.entries(folders).find(([known]) => known === kind)?.[1];
    if (folder === undefined || !/^[\w-][\w.-]*$/.test(filename)) throw new Error('No such file in the package.');
    return new Uint8Array(await readFile(join(packageFolder(), folder, filename)));
  }
}
