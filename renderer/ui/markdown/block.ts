import { createElement, Fragment, memo } from 'react';
import type { ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import { isCodeClosed } from '../../lib/markdown/code-pieces.ts';
import { isMathToken } from '../../lib/markdown/math-tokens.ts';
import { CodeBlock } from './code-block.tsx';
import { Formula } from './formula.tsx';
import { inline, leaf } from './inline.ts';
import { paragraph } from './paragraph.ts';
import type { BlockReading } from './sentence-flaws.ts';
import { table } from './table.ts';
import { TaskBox } from './task-box.tsx';

/** Deeper containers than anyone writes are shown as the text they came from. */
const depthLimit = 16;

/** Models begin with any level and skip others, so all are of the one level below the message's own heading. */
function heading(depth: number, children: ReactNode[]): ReactNode {
  return createElement('h3', { className: depth <= 2 ? `heading-${depth}` : 'heading-3' }, ...children);
}

type ItemProps = { readonly item: Tokens.ListItem; readonly reading: BlockReading; readonly depth: number };

function listItem({ item, reading, depth }: ItemProps): ReactNode {
  const children = blocks(item.tokens, reading, depth + 1);
  if (!item.task) return createElement('li', null, ...children);
  const box = createElement(TaskBox, { isDone: item.checked === true });
  return createElement('li', { className: 'task' }, box, ' ', ...children);
}

const isSameItem = (before: ItemProps, after: ItemProps): boolean =>
  before.item.raw === after.item.raw &&
  before.item.loose === after.item.loose &&
  before.item.task === after.item.task &&
  before.depth === after.depth &&
  before.reading.definitions === after.reading.definitions &&
  before.reading.citedMarks === after.reading.citedMarks;

/** An item of a list that grows: items that are done are not made again. */
const ListItem = memo(listItem, isSameItem);

function list(token: Tokens.List, reading: BlockReading, depth: number): ReactNode {
  // Sentences without support are found in the order of the text, so items that hold some are made one by one.
  const items = token.items.map((item) =>
    reading.flaws.length > 0 ? listItem({ item, reading, depth }) : createElement(ListItem, { item, reading, depth }),
  );
  if (!token.ordered) return createElement('ul', null, ...items);
  return createElement(
    'ol',
    typeof token.start === 'number' && token.start !== 1 ? { start: token.start } : null,
    ...items,
  );
}

/**
 * One block token as an element. An allow-list: what is not named here is shown as the text it came from, so markup in
 * an answer is seen and never obeyed.
 */
export function block(token: Token | Tokens.Generic, reading: BlockReading, depth: number): ReactNode {
  if (depth > depthLimit) return createElement('p', null, token.raw);
  if (isMathToken(token)) return createElement('p', null, createElement(Formula, token));
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    case 'heading':
      return heading(token.depth, inline(token.tokens ?? [], reading));
    case 'paragraph':
      return paragraph(token.tokens ?? [], reading);
    case 'text':
      if (token.tokens !== undefined) return createElement(Fragment, null, ...inline(token.tokens ?? [], reading));
      return createElement('p', null, ...leaf(token.raw, token.text, reading));
    case 'code':
      return createElement(CodeBlock, {
        text: token.text,
        language: token.lang ?? '',
        isClosed: isCodeClosed(token.raw),
      });
    case 'blockquote':
      return createElement('blockquote', null, ...blocks(token.tokens ?? [], reading, depth + 1));
    case 'list':
      // Narrowed by its type: marked's union has an open member beside it.
      return list(token as Tokens.List, reading, depth);
    case 'table':
      // As above.
      return table(token as Tokens.Table, reading);
    case 'hr':
      return createElement('hr');
    default:
      return createElement('p', null, token.raw);
  }
}

function blocks(tokens: readonly Token[], reading: BlockReading, depth: number): ReactNode[] {
  return tokens.map((token) => block(token, reading, depth));
}
