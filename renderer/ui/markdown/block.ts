import { createElement, Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import { CodeBlock } from './code-block.tsx';
import { inline, leaf } from './inline.ts';
import type { BlockReading } from './sentence-flaws.ts';
import { TableFrame } from './table-frame.tsx';

/** Deeper containers than anyone writes are shown as the text they came from. */
const depthLimit = 16;

/** Models begin with any level and skip others, so all are of the one level below the message's own heading. */
function heading(depth: number, children: ReactNode[]): ReactNode {
  return createElement('h3', { className: depth <= 2 ? `heading-${depth}` : 'heading-3' }, ...children);
}

function listItem(item: Tokens.ListItem, reading: BlockReading, depth: number): ReactNode {
  const children = blocks(item.tokens, reading, depth + 1);
  if (!item.task) return createElement('li', null, ...children);
  const box = createElement('input', {
    type: 'checkbox',
    checked: item.checked === true,
    readOnly: true,
    disabled: true,
  });
  return createElement('li', { className: 'task' }, box, ' ', ...children);
}

function list(token: Tokens.List, reading: BlockReading, depth: number): ReactNode {
  const items = token.items.map((item) => listItem(item, reading, depth));
  if (!token.ordered) return createElement('ul', null, ...items);
  return createElement(
    'ol',
    typeof token.start === 'number' && token.start !== 1 ? { start: token.start } : null,
    ...items,
  );
}

function cell(name: 'th' | 'td', { align, tokens }: Tokens.TableCell, reading: BlockReading): ReactNode {
  return createElement(name, align === null ? null : { className: `align-${align}` }, ...inline(tokens, reading));
}

function table({ header, rows }: Tokens.Table, reading: BlockReading): ReactNode {
  const head = createElement('tr', null, ...header.map((content) => cell('th', content, reading)));
  const body = rows.map((row) => createElement('tr', null, ...row.map((content) => cell('td', content, reading))));
  const content = createElement(
    'table',
    null,
    createElement('thead', null, head),
    createElement('tbody', null, ...body),
  );
  return createElement(TableFrame, null, content);
}

/**
 * One block token as an element. An allow-list: what is not named here is shown as the text it came from, so markup in
 * an answer is seen and never obeyed.
 */
export function block(token: Token | Tokens.Generic, reading: BlockReading, depth: number): ReactNode {
  if (depth > depthLimit) return createElement('p', null, token.raw);
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    case 'heading':
      return heading(token.depth, inline(token.tokens ?? [], reading));
    case 'paragraph':
      return createElement('p', null, ...inline(token.tokens ?? [], reading));
    case 'text':
      if (token.tokens !== undefined) return createElement(Fragment, null, ...inline(token.tokens ?? [], reading));
      return createElement('p', null, ...leaf(token.raw, token.text, reading));
    case 'code':
      return createElement(CodeBlock, { text: token.text, language: token.lang ?? '' });
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
