import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import ReactMarkdown from 'react-markdown';
import { createWords } from '../../../electron/shared/words.ts';
import { Markdown } from '../../../renderer/ui/markdown/markdown.tsx';

const words = createWords('en');
const nothing = (): void => undefined;

/** Both renderers of one answer, by name. */
const renderers: Readonly<Record<string, (text: string) => ReactElement>> = {
  sotto: (text) => (
    <I18nextProvider i18n={words}>
      <Markdown text={text} isGrowing onOpenLink={nothing} />
    </I18nextProvider>
  ),
  'react-markdown': (text) => <ReactMarkdown>{text}</ReactMarkdown>,
};

/** Streams `text` in pieces of `pieceLength` characters and returns the milliseconds that React worked on it. */
function measure(name: string, text: string, pieceLength: number): number {
  const host = document.createElement('div');
  document.body.append(host);
  const root = createRoot(host);
  const render = renderers[name];
  if (render === undefined) throw new Error(`There is no renderer ${name}.`);
  let spentMs = 0;
  for (let end = pieceLength; end < text.length + pieceLength; end += pieceLength) {
    const element = render(text.slice(0, end));
    const begin = performance.now();
    flushSync(() => root.render(element));
    spentMs += performance.now() - begin;
  }
  root.unmount();
  host.remove();
  return spentMs;
}

Object.assign(window, { measure });
