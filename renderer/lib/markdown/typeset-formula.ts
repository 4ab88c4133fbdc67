import 'katex/dist/katex.min.css';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { render } from 'katex';

/** Deeper and larger formulas than anyone reads are shown as the text they came from. */
const depthLimit = 80;
const nodeLimit = 12_000;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const elementNames: ReadonlySet<string> = new Set(
  words(`
    span svg path line math semantics mtext mn mo mi mspace mover munder munderover msup msub msubsup mfrac mroot msqrt
    mtable mtr mtd mlabeledtr mrow menclose mstyle mpadded mphantom
  `),
);

/** None of them loads, runs or names anything. */
const plainAttributes = words(`
  aria-hidden viewBox preserveAspectRatio width height depth voffset d x1 x2 y1 y2 display mathvariant stretchy fence
  separator lspace rspace minsize maxsize linethickness columnalign rowspacing columnspacing columnlines rowlines
  scriptlevel displaystyle accent accentunder side movablelimits symmetric notation mathcolor mathbackground mathsize form
`);

/** Attributes by the name that React has for them. */
const attributeNames: Readonly<Record<string, string>> = {
  class: 'className',
  'stroke-width': 'strokeWidth',
  ...Object.fromEntries(plainAttributes.map((name) => [name, name])),
};

const attributeValue = /^[\w\s.,%#+-]*$/;
const styleValue = /^[\w\s.,%#+-]*(?:rgba?\([\d\s.,%/]*\))?$/;
/** Where an element may stand is for its formula's own style sheet to say. */
const styleNames: ReadonlySet<string> = new Set(
  words(`
    background-color color height width min-width left top bottom margin margin-left margin-right margin-top padding-left
    vertical-align
    border-top-width border-right-width border-bottom-width border-left-width
    border-top-style border-right-style border-bottom-style border-left-style
    border-top-color border-right-color border-bottom-color border-left-color
  `),
);

/** Definitions make short sources endlessly long; the rest names addresses, files and attributes. */
const refused =
  /\\(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|newenvironment|href|url|html[A-Za-z]*|includegraphics|catcode|char)(?![A-Za-z])/;

const options = {
  trust: false,
  strict: 'ignore',
  maxSize: 20,
  maxExpand: 300,
  throwOnError: true,
  output: 'htmlAndMathml',
  // Two commands that would set a style attribute as text, which the page's policy does not allow.
  macros: { '\\pmb': '\\boldsymbol{#1}', '\\fcolorbox': '\\boxed{#3}' },
} as const;

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function propertiesOf(element: Element): Readonly<Record<string, unknown>> {
  const properties: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    const property = attributeNames[name];
    if (property !== undefined && attributeValue.test(value)) properties[property] = value;
  }
  if (element instanceof HTMLElement && element.style.length > 0) {
    const style: Record<string, string> = {};
    for (const name of element.style) {
      const value = element.style.getPropertyValue(name);
      if (styleNames.has(name) && styleValue.test(value)) style[camelCase(name)] = value;
    }
    properties['style'] = style;
  }
  return properties;
}

/** What KaTeX built, again as React elements: of its nodes, attributes and styles only those that are named above. */
function createCopier(): (node: Node, depth: number) => ReactNode {
  let count = 0;
  const copy = (node: Node, depth: number): ReactNode => {
    count += 1;
    if (depth > depthLimit || count > nodeLimit) throw new RangeError('The formula is too large to be set.');
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element) || !elementNames.has(node.localName)) return null;
    const children = Array.from(node.childNodes, (child) => copy(child, depth + 1));
    return createElement(node.localName, propertiesOf(node), ...children);
  };
  return copy;
}

/** A formula in TeX as React elements; undefined where it is none, or none that is safe and quick to set. */
export function typesetFormula(source: string, isDisplay: boolean): ReactNode | undefined {
  if (refused.test(source)) return undefined;
  // Never a part of the page: only a copy of it is.
  const frame = document.createElement('span');
  try {
    render(source, frame, { ...options, macros: { ...options.macros }, displayMode: isDisplay });
    const copy = createCopier();
    return createElement('span', null, ...Array.from(frame.childNodes, (child) => copy(child, 0)));
  } catch {
    // A formula with a mistake, one that is not finished, or one that is deeper than the stack.
    return undefined;
  }
}
