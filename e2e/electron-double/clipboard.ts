import type Electron from 'electron';
import { addToDesk } from './desk.ts';
import { strictClass, strictObject } from './strict.ts';

/** Electron's ClipboardItem, of texts and blobs. */
export class ClipboardItemDouble extends strictClass('ClipboardItem') {
  readonly types: string[];
  readonly #data: Readonly<Record<string, Blob>>;

  constructor(items: Record<string, unknown>) {
    super();
    const entries = Object.entries(items).map(([type, data]) => {
      if (data instanceof Blob || typeof data === 'string') return [type, new Blob([data], { type })] as const;
      throw new Error(`A ClipboardItem of ${typeof data} is not part of the test double`);
    });
    this.#data = Object.fromEntries(entries);
    this.types = Object.keys(this.#data);
  }

  async getType(type: string): Promise<Blob & Electron.ClipboardBookmark> {
    const data = this.#data[type];
    if (data === undefined) throw new Error(`The type ${type} is not in this item`);
    // Electron's type leaves either open; a bookmark is refused when it is put in.
    return data as Blob & Electron.ClipboardBookmark;
  }
}

class Board {
  #items: readonly ClipboardItemDouble[] = [];

  readonly members = {
    readText: async (): Promise<string> => await this.#text(),
    writeText: async (text: string): Promise<void> => this.#put([new ClipboardItemDouble({ 'text/plain': text })]),
    clear: (): void => this.#put([]),
    has: async (type: string): Promise<boolean> => this.#items.some(({ types }) => types.includes(type)),
    read: async (): Promise<ClipboardItemDouble[]> => [...this.#items],
    write: async (items: ClipboardItemDouble[]): Promise<void> => this.#put(items),
  };

  #put(items: readonly ClipboardItemDouble[]): void {
    this.#items = [...items];
  }

  async #text(): Promise<string> {
    const holder = this.#items.find(({ types }) => types.includes('text/plain'));
    return holder === undefined ? '' : await (await holder.getType('text/plain')).text();
  }
}

/** What electron.d.ts calls `selection`, which has no selection of its own. */
const selection = strictObject('clipboard.selection', new Board().members);

/** Electron's clipboard, of the double's own: it does not touch that of the machine. */
export const clipboard = strictObject('clipboard', { ...new Board().members, selection });

addToDesk({ setSelection: (text) => void selection.writeText(text) });
