import { DocumentWriter } from '../archive/document-writer.ts';
import type { ExtractDocument } from '../extracted-document.ts';
import { openOfficePackage } from './office-package.ts';
import type { OfficePackage } from './office-package.ts';
import { readComments } from './read-comments.ts';
import { readPartText } from './read-part-text.ts';
import { hasBackdrop, readSlide } from './read-slide.ts';
import type { SlideFrame, SlidePiece } from './read-slide.ts';

type Presentation = {
  readonly slideIds: readonly string[];
  readonly width: number;
  readonly height: number;
};

/** Slides that are listed; more than the limit of pages, so that the limit is noticed. */
const slideLimit = 20_000;

async function readPresentation(office: OfficePackage, path: string): Promise<Presentation> {
  const slideIds: string[] = [];
  let [width, height] = [Infinity, Infinity];
  const reader = await office.open(path);
  for (const _root of reader?.children() ?? []) {
    for (const element of reader?.children() ?? []) {
      if (element.name === 'p:sldSz') {
        [width, height] = [element.integer('cx') ?? Infinity, element.integer('cy') ?? Infinity];
      }
      if (element.name !== 'p:sldIdLst') continue;
      for (const slide of reader?.children() ?? []) {
        if (slideIds.length < slideLimit) slideIds.push(slide.get('r:id') ?? '');
      }
    }
  }
  return { slideIds, width, height };
}

/** Reads the slides of one presentation. */
class SlideShow {
  readonly #office: OfficePackage;
  readonly #writer: DocumentWriter;
  readonly #frame: SlideFrame;
  readonly #backdrops = new Map<string, boolean>();

  constructor(office: OfficePackage, writer: DocumentWriter, { width, height }: Presentation) {
    this.#office = office;
    this.#writer = writer;
    this.#frame = {
      width,
      height,
      isOnWhite: false,
      onHidden: (text) => writer.hide(text),
      onPicture: () => writer.omit('pictures'),
      onAttachment: () => writer.omit('attachments'),
    };
  }

  /** Writes one slide as a page. Returns false when there is no room for it. */
  async write(path: string): Promise<boolean> {
    const isOnWhite = !(await this.#hasBackdrop(path));
    const reader = await this.#office.open(path);
    const pieces = reader ? readSlide(reader, { ...this.#frame, isOnWhite }) : [];
    if (!reader) this.#writer.omit('damaged-part');
    const title = pieces.find((piece) => piece.kind === 'title');
    const words = title?.lines.join(' ') ?? null;
    const label = (await this.#isHidden(path)) ? `${words ?? ''} (hidden slide)` : words;
    if (!this.#writer.page(label)) return false;
    if (words !== null) this.#writer.heading(1, words);
    for (const piece of pieces) if (piece !== title) await this.#writePiece(piece, path);
    await this.#writeNotes(path);
    for (const line of await readComments(this.#office, path)) this.#writer.block(line, 'item');
    return true;
  }

  async #writePiece(piece: SlidePiece, path: string): Promise<void> {
    switch (piece.kind) {
      case 'table':
        for (const row of piece.rows) this.#writer.row(row);
        this.#writer.endTable();
        break;
      case 'part': {
        const relationships = await this.#office.relationshipsOf(path);
        const target = relationships.find(({ id }) => id === piece.relationshipId)?.path ?? null;
        this.#writer.block((await readPartText(this.#office, target)).join('\n'));
        break;
      }
      default:
        this.#writer.block(piece.lines.join('\n'));
    }
  }

  async #writeNotes(path: string): Promise<void> {
    const reader = await this.#office.open(await this.#office.related(path, 'notesSlide'));
    if (!reader) return;
    // The page shows the slide's picture and what the speaker wrote; its list marks are the master's and say nothing.
    const pieces = readSlide(reader, { ...this.#frame, width: Infinity, height: Infinity, onPicture: () => undefined });
    const lines = pieces.flatMap((piece) => (piece.kind === 'text' ? piece.lines : []));
    const text = lines.map((line) => line.replace(/^( *)• /, '$1')).join('\n');
    if (text.trim() !== '') this.#writer.block(`Notes: ${text.trim()}`);
  }

  async #isHidden(path: string): Promise<boolean> {
    const reader = await this.#office.open(path);
    for (const slide of reader?.children() ?? []) return ['0', 'false'].includes(slide.get('show') ?? '1');
    return false;
  }

  async #hasBackdrop(slide: string): Promise<boolean> {
    const layout = await this.#office.related(slide, 'slideLayout');
    const master = layout === null ? null : await this.#office.related(layout, 'slideMaster');
    for (const path of [master, layout, slide]) {
      if (path === null) continue;
      const known = this.#backdrops.get(path);
      const isFound = known ?? (await this.#searchBackdrop(path));
      this.#backdrops.set(path, isFound);
      if (isFound) return true;
    }
    return false;
  }

  async #searchBackdrop(path: string): Promise<boolean> {
    const reader = await this.#office.open(path);
    return reader !== null && hasBackdrop(reader);
  }
}

/** Reads a presentation: a page for each slide, with its notes and comments. */
export const extractPptx: ExtractDocument = async (bytes, tools) => {
  const office = await openOfficePackage(bytes, tools.name);
  const main = await office.mainPart();
  const writer = new DocumentWriter(tools);
  const presentation = await readPresentation(office, main);
  const slides = new SlideShow(office, writer, presentation);
  const relationships = new Map((await office.relationshipsOf(main)).map(({ id, path }) => [id, path]));
  for (const [index, id] of presentation.slideIds.entries()) {
    if (!(await slides.write(relationships.get(id) ?? ''))) break;
    await writer.progress((index + 1) / presentation.slideIds.length);
  }
  const title = await office.title();
  if (office.hasDamage) writer.omit('damaged-part');
  return writer.finish('pptx', title);
};
