import type { Links, Token } from 'marked';
import remend from 'remend';
import { lexMarkdown } from './lex-markdown.ts';
import type { LexedMarkdown } from './lex-markdown.ts';
import { tameMarkdown } from './tame-markdown.ts';

/** A top-level block. `start` is its offset in the text, and its identity: a block that is done keeps it. */
export type MarkdownBlock = {
  readonly start: number;
  readonly raw: string;
  readonly token: Token;
  /** The reference definitions known when it was lexed; others mean that its links may be others. */
  readonly definitions: string;
};

/**
 * All blocks in groups of the same size. A group in which nothing changed keeps its identity, and no block ever moves to
 * another group while the text grows: what was made of it on the page stays where it is, and so does a selection in it.
 */
export type MarkdownGroups = readonly (readonly MarkdownBlock[])[];

/** Fewer are not enough: two went wrong on 8 of 4,000 fuzzed texts, three on none. */
const openBlockCount = 3;
const groupSize = 16;

/** Longer blocks show half-open marks as they are: looking for them would cost more than the block. */
const repairLimit = 4_000;

const repair = (raw: string): string =>
  remend(raw, { linkMode: 'text-only', comparisonOperators: false, katex: false });

const isSameBlock = (before: MarkdownBlock | undefined, after: MarkdownBlock): boolean =>
  before?.start === after.start &&
  before.raw === after.raw &&
  before.token.type === after.token.type &&
  (before.definitions === after.definitions || !after.raw.includes('['));

/** The reference definitions in these tokens and in what they contain; the first of a name counts. */
function definitionsIn(tokens: readonly Token[]): Links {
  const links: Links = {};
  for (const token of tokens) {
    if (token.type === 'def') links[token.tag] ??= { href: token.href, title: token.title };
    // An item of a list and a quotation hold blocks of their own.
    const inside = [...(token.type === 'list' ? token.items : []), ...('tokens' in token ? (token.tokens ?? []) : [])];
    for (const [tag, link] of Object.entries(definitionsIn(inside))) links[tag] ??= link;
  }
  return links;
}

/**
 * Blocks of a text that grows at its end. While it grows, only the last few blocks are lexed again for a new piece;
 * those before are frozen, and so is whatever was made of them. When it ends, the whole is lexed once: what the pieces
 * could not know, such as the target of a link that is only given at the end, is put right. A text that does not
 * continue the last one starts afresh.
 */
export class GrowingMarkdown {
  #text = '';
  #isGrowing = false;
  #frozenEnd = 0;
  #links: Links = {};
  #frozen: readonly MarkdownBlock[] = [];
  #groups: MarkdownGroups = [];

  /** The blocks of a text; while it grows, marks that are still half open at its end are shown as if closed. */
  update(original: string, isGrowing: boolean): MarkdownGroups {
    const text = original.includes('\r') ? original.replace(/\r\n?/g, '\n') : original;
    if (text === this.#text && isGrowing === this.#isGrowing) return this.#groups;
    // Compared as a whole, for startsWith goes character by character: half of all the time on a long answer.
    if (!isGrowing || text.slice(0, this.#text.length) !== this.#text) this.#thaw();
    this.#text = text;
    this.#isGrowing = isGrowing;
    const lexed = lexMarkdown(tameMarkdown(text.slice(this.#frozenEnd)), this.#links);
    const open = this.#freeze(this.#place(lexed), lexed.links);
    this.#group(isGrowing ? this.#repairLast(open, lexed.links) : open);
    return this.#groups;
  }

  #thaw(): void {
    this.#frozenEnd = 0;
    this.#links = {};
    this.#frozen = [];
  }

  #place({ tokens, links }: LexedMarkdown): readonly MarkdownBlock[] {
    const definitions = Object.keys(links).length === 0 ? '' : JSON.stringify(links);
    let start = this.#frozenEnd;
    const blocks = tokens.map((token) => {
      const block = { start, raw: token.raw, token, definitions };
      start += token.raw.length;
      return block;
    });
    return blocks.filter(({ token }) => token.type !== 'space');
  }

  #freeze(blocks: readonly MarkdownBlock[], links: Links): readonly MarkdownBlock[] {
    const firstOpen = blocks.at(-openBlockCount);
    if (blocks.length <= openBlockCount || firstOpen === undefined) return blocks;
    const ready = blocks.slice(0, -openBlockCount);
    this.#frozen = [...this.#frozen, ...ready];
    this.#frozenEnd = firstOpen.start;
    // Not those of open blocks: an address that is still being written would stand as it is now.
    if (Object.keys(links).length > 0)
      this.#links = { ...definitionsIn(ready.map(({ token }) => token)), ...this.#links };
    return blocks.slice(-openBlockCount);
  }

  /** Puts all blocks into groups; blocks and groups that say the same as before are the same objects as before. */
  #group(open: readonly MarkdownBlock[]): void {
    const count = this.#frozen.length + open.length;
    const at = (index: number): MarkdownBlock | undefined => this.#frozen[index] ?? open[index - this.#frozen.length];
    const groups: (readonly MarkdownBlock[])[] = [];
    for (let first = 0; first < count; first += groupSize) {
      const before = this.#groups[groups.length] ?? [];
      const blocks: MarkdownBlock[] = [];
      let isSame = before.length === Math.min(groupSize, count - first);
      for (let index = first; index < Math.min(first + groupSize, count); index += 1) {
        const block = at(index);
        const old = before[index - first];
        if (block === undefined) break;
        const isKept = old === block || (old !== undefined && isSameBlock(old, block));
        blocks.push(isKept && old !== undefined ? old : block);
        isSame &&= isKept;
      }
      groups.push(isSame ? before : blocks);
    }
    this.#groups = groups;
  }

  #repairLast(open: readonly MarkdownBlock[], links: Links): readonly MarkdownBlock[] {
    const last = open.at(-1);
    if (last === undefined || last.token.type === 'code' || last.raw.length > repairLimit) return open;
    const repaired = repair(last.raw);
    if (repaired === last.raw) return open;
    const [token] = lexMarkdown(repaired, links).tokens;
    return token === undefined ? open : [...open.slice(0, -1), { ...last, raw: repaired, token }];
  }
}
