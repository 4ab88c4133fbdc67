import { createElement, Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Token, Tokens } from 'marked';
import { decodeEntities } from '../../lib/markdown/decode-entities.ts';
import { isMathToken } from '../../lib/markdown/math-tokens.ts';
import { Citation } from './citation.tsx';
import { Formula } from './formula.tsx';
import { ImageAsText } from './image-as-text.tsx';
import { InertLink } from './inert-link.tsx';
import { withoutSupport } from './sentence-flaws.ts';
import type { BlockReading } from './sentence-flaws.ts';

/** Deeper inline nesting than anyone writes is shown as the text it came from. */
const depthLimit = 24;

const webAddress = /^(?:https?:\/\/|mailto:)/i;
const lineBreak = /^<br\s*\/?>$/i;
const citationMark = /\[(\d{1,3})\]/g;

function textWithCitations(text: string, reading: BlockReading): ReactNode[] {
  if (!text.includes('[') || reading.citedMarks.size === 0) return [text];
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(citationMark)) {
    const mark = Number(match[1]);
    if (!reading.citedMarks.has(mark)) continue;
    parts.push(text.slice(from, match.index), createElement(Citation, { mark }));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

/** Plain text of the source: entities decoded, citation marks as buttons, unsupported stretches marked. */
export function leaf(raw: string, text: string, reading: BlockReading): ReactNode[] {
  return withoutSupport(raw, text, reading, (piece) => textWithCitations(decodeEntities(piece), reading));
}

function element(name: string, token: Token, reading: BlockReading, depth: number): ReactNode {
  const tokens = 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
  return createElement(name, null, ...inline(tokens, reading, depth + 1));
}

function link(token: Tokens.Link, reading: BlockReading, depth: number): ReactNode {
  const children = inline(token.tokens, reading, depth + 1);
  if (!webAddress.test(token.href)) return createElement(Fragment, null, ...children);
  return createElement(InertLink, { address: token.href }, ...children);
}

function inlineToken(token: Tokens.Generic | Token, reading: BlockReading, depth: number): ReactNode[] {
  if (isMathToken(token)) return [createElement(Formula, token)];
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return [element(token.type, token, reading, depth)];
    case 'codespan':
      return [createElement('code', null, token.text)];
    case 'br':
      return [createElement('br')];
    case 'escape':
      return leaf(token.raw, token.text, reading);
    case 'link':
      // Narrowed by its type: marked's union has an open member beside it.
      return [link(token as Tokens.Link, reading, depth)];
    case 'image':
      return [createElement(ImageAsText, { description: decodeEntities(token.text), address: token.href })];
    case 'checkbox':
      return [];
    case 'html':
      return lineBreak.test(token.raw.trim()) ? [createElement('br')] : [token.raw];
    case 'text':
      if (token.tokens !== undefined) return inline(token.tokens, reading, depth + 1);
      return leaf(token.raw, token.text, reading);
    default:
      return [token.raw];
  }
}

/**
 * Inline tokens as React children. An allow-list: what is not named here is shown as the text it came from. Children
 * are handed over as arguments, so none needs a key.
 */
export function inline(tokens: readonly Token[], reading: BlockReading, depth = 0): ReactNode[] {
  if (depth > depthLimit) return [tokens.map(({ raw }) => raw).join('')];
  return tokens.flatMap((token) => inlineToken(token, reading, depth));
}
