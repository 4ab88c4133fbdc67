import { archiveBombs } from './hostile-documents/archive-bombs.ts';
import type { HostileDocument } from './hostile-documents/hostile-document.ts';
import { bookBombs, markupBombs } from './hostile-documents/markup-bombs.ts';
import { officeBombs } from './hostile-documents/office-bombs.ts';
import { pictureBombs } from './hostile-documents/picture-bombs.ts';
import { textBombs } from './hostile-documents/text-bombs.ts';

/** More than a hundred crafted files over all formats that are read. Each is to end in text or a typed error, soon and in little memory. */
export const hostileDocuments: readonly HostileDocument[] = [
  ...archiveBombs(),
  ...officeBombs(),
  ...markupBombs(),
  ...bookBombs(),
  ...textBombs(),
  ...pictureBombs(),
];
