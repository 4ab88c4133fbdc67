import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';
import type { OfficePackage } from './office-package.ts';

/** Comments of one slide or sheet. */
const commentLimit = 10_000;

const commentNames = ['p:cm', 'p188:cm', 'p188:reply', 'x:comment', 'xtc:threadedComment'];

/** Names of a part's authors by their number (or their place in the list). */
async function readAuthors(office: OfficePackage, path: string | null): Promise<ReadonlyMap<string, string>> {
  const authors = new Map<string, string>();
  const reader = await office.open(path);
  for (const _root of reader?.children() ?? []) {
    for (const author of reader?.children() ?? []) {
      const name = author.get('name') ?? author.get('displayName');
      const id = author.get('id');
      if (id !== null && name !== null && authors.size < commentLimit) authors.set(id, name);
    }
  }
  return authors;
}

type Gathering = { readonly lines: string[]; readonly authors: Map<string, string> };

function readOne(comment: XmlElement, reader: XmlReader, gathering: Gathering): void {
  const author = gathering.authors.get(
    comment.get('authorId') ?? comment.get('personId') ?? comment.get('author') ?? '',
  );
  let text = '';
  for (const element of reader.children()) {
    if (commentNames.includes(element.name)) readOne(element, reader, gathering);
    else if (element.name === 'p188:replyLst') readAll(reader, gathering);
    // Office writes the whole thread into the old comment too, in front of it a word for old programs.
    else if (/:(?:text|txBody)$/.test(element.name)) text += reader.text();
  }
  const place = comment.get('ref');
  const by = author === undefined || author.trim() === '' ? '' : ` by ${author.trim()}`;
  const tidy = text.replaceAll(/\s+/g, ' ').trim();
  if (tidy !== '') gathering.lines.push(`Comment${place === null ? '' : ` on ${place}`}${by}: ${tidy}`);
}

function readAll(reader: XmlReader, gathering: Gathering): void {
  for (const element of reader.children()) {
    if (gathering.lines.length >= commentLimit) return;
    if (commentNames.includes(element.name)) readOne(element, reader, gathering);
    else if (element.name === 'x:authors') {
      let index = 0;
      for (const _author of reader.children()) {
        gathering.authors.set(String(index), reader.text());
        index += 1;
      }
    } else readAll(reader, gathering);
  }
}

/** Comments on a slide or a sheet, a line each: `Comment on B3 by Mira: …`. */
export async function readComments(office: OfficePackage, path: string): Promise<readonly string[]> {
  const main = await office.mainPart();
  const people = (await office.related(main, 'commentAuthors')) ?? (await office.related(main, 'authors'));
  const authors = new Map(await readAuthors(office, people ?? (await office.related(main, 'person'))));
  const threads = (await office.relationshipsOf(path)).filter(({ type }) => type === 'threadedComment');
  const comments = (await office.relationshipsOf(path)).filter(({ type }) => type === 'comments');
  const lines: string[] = [];
  for (const { path: part } of threads.length > 0 ? threads : comments) {
    const reader = await office.open(part);
    if (reader) readAll(reader, { lines, authors });
  }
  return lines;
}
