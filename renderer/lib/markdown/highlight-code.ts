import { createElement } from 'react';
import type { ReactNode } from 'react';
import { common, createLowlight } from 'lowlight';

type Highlighted = ReturnType<ReturnType<typeof createLowlight>['highlight']>;
type HighlightedNode = Highlighted['children'][number];

const lowlight = createLowlight(common);

/** What the highlighter calls a part of the code, and our own class for it. What is not named keeps the colour of text. */
const colours: Readonly<Record<string, string>> = {
  'hljs-comment': 'code-comment',
  'hljs-quote': 'code-comment',
  'hljs-doctag': 'code-comment',
  'hljs-keyword': 'code-keyword',
  'hljs-literal': 'code-keyword',
  'hljs-selector-tag': 'code-keyword',
  'hljs-built_in': 'code-name',
  'hljs-type': 'code-name',
  'hljs-title': 'code-name',
  'hljs-section': 'code-name',
  'hljs-name': 'code-name',
  'hljs-selector-id': 'code-name',
  'hljs-selector-class': 'code-name',
  'hljs-tag': 'code-tag',
  'hljs-attr': 'code-attribute',
  'hljs-attribute': 'code-attribute',
  'hljs-property': 'code-attribute',
  'hljs-variable': 'code-attribute',
  'hljs-template-variable': 'code-attribute',
  'hljs-selector-attr': 'code-attribute',
  'hljs-string': 'code-string',
  'hljs-regexp': 'code-string',
  'hljs-char': 'code-string',
  'hljs-addition': 'code-added',
  'hljs-deletion': 'code-removed',
  'hljs-number': 'code-number',
  'hljs-symbol': 'code-number',
  'hljs-bullet': 'code-number',
  'hljs-link': 'code-number',
  'hljs-meta': 'code-meta',
  'hljs-emphasis': 'code-emphasis',
  'hljs-strong': 'code-strong',
};

function classOf(node: HighlightedNode & { readonly type: 'element' }): string | undefined {
  const { className } = node.properties;
  const [name] = Array.isArray(className) ? className : [];
  return typeof name === 'string' ? colours[name] : undefined;
}

function asChildren(nodes: readonly HighlightedNode[], depth: number): ReactNode[] {
  return nodes.flatMap((node): ReactNode[] => {
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    const className = depth < 12 ? classOf(node) : undefined;
    const children = asChildren(node.children, depth + 1);
    return className === undefined ? children : [createElement('span', { className }, ...children)];
  });
}

/** Code as coloured pieces; the text itself where its language is none that is known. */
export function highlightCode(text: string, language: string): ReactNode[] {
  if (!lowlight.registered(language)) return [text];
  try {
    return asChildren(lowlight.highlight(language, text).children, 0);
  } catch {
    // A grammar that gives up leaves the code as it is.
    return [text];
  }
}
