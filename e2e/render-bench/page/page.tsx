import './page.css';
import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import ReactMarkdown from 'react-markdown';
import { createWords } from '../../../electron/shared/words.ts';
import { findActiveContent } from '../../../renderer/testing/active-content.ts';
import { Markdown } from '../../../renderer/ui/markdown/markdown.tsx';
import type { BenchPage } from './bench-page.ts';

const words = createWords('en');
const nothing = (): void => undefined;

const sotto = (text: string, isGrowing: boolean): ReactElement => (
  <I18nextProvider i18n={words}>
    <Markdown text={text} isGrowing={isGrowing} onOpenLink={nothing} />
  </I18nextProvider>
);

/** Both renderers of one answer, by name. */
const renderers: Readonly<Record<string, (text: string) => ReactElement>> = {
  sotto: (text) => sotto(text, true),
  'react-markdown': (text) => <ReactMarkdown>{text}</ReactMarkdown>,
};

type Stage = { readonly host: HTMLElement; readonly root: Root };

function openStage(): Stage {
  const host = document.createElement('div');
  host.className = 'h-full overflow-y-auto p-8';
  document.querySelector('#root')?.append(host);
  return { host, root: createRoot(host) };
}

function closeStage({ host, root }: Stage): void {
  root.unmount();
  host.remove();
}

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Waits for the chunks that come when code and formulas are first seen. */
async function warmUp(): Promise<void> {
  const { host, root } = openStage();
  flushSync(() => root.render(sotto('```ts\nconst a = 1;\n```\n\n$x$', false)));
  while (host.querySelector('.code-keyword') === null || host.querySelector('.katex') === null) await nextFrame();
  closeStage({ host, root });
}

function measure(name: string, text: string, pieceLength: number): number {
  const { host, root } = openStage();
  const render = renderers[name];
  if (render === undefined) throw new Error(`There is no renderer ${name}.`);
  let spentMs = 0;
  for (let end = pieceLength; end < text.length + pieceLength; end += pieceLength) {
    const element = render(text.slice(0, end));
    const begin = performance.now();
    flushSync(() => root.render(element));
    spentMs += performance.now() - begin;
  }
  closeStage({ host, root });
  return spentMs;
}

async function measureLongestTask(text: string, pieceLength: number): Promise<number> {
  let longestMs = 0;
  const keep = (entries: PerformanceEntryList): void => {
    for (const { duration } of entries) longestMs = Math.max(longestMs, duration);
  };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ entryTypes: ['longtask'] });
  const stage = openStage();
  for (let end = pieceLength; end < text.length + pieceLength; end += pieceLength) {
    flushSync(() => stage.root.render(sotto(text.slice(0, end), true)));
    stage.host.scrollTop = stage.host.scrollHeight;
    await nextFrame();
    await nextTask();
  }
  flushSync(() => stage.root.render(sotto(text, false)));
  // Longer than every piece of long code takes to get its colours.
  for (let frame = 0; frame < 40; frame += 1) await nextFrame();
  keep(observer.takeRecords());
  observer.disconnect();
  closeStage(stage);
  return longestMs;
}

const isActive = (host: HTMLElement): string | undefined => findActiveContent(host)[0];

async function findActive(text: string, lengths: readonly number[]): Promise<readonly string[]> {
  const found: string[] = [];
  const streaming = openStage();
  for (const length of lengths) {
    const prefix = text.slice(0, length);
    flushSync(() => streaming.root.render(sotto(prefix, true)));
    const final = openStage();
    flushSync(() => final.root.render(sotto(prefix, false)));
    const flaw = isActive(streaming.host) ?? isActive(final.host);
    if (flaw !== undefined) found.push(`${flaw} after ${length} characters`);
    closeStage(final);
  }
  flushSync(() => streaming.root.render(sotto(text, false)));
  // What a handler, a load or a redirect would need to show itself.
  await nextTask();
  const flaw = isActive(streaming.host);
  if (flaw !== undefined) found.push(`${flaw} at the end`);
  closeStage(streaming);
  return found;
}

const markupOf = (host: HTMLElement): string => new XMLSerializer().serializeToString(host);

async function renderBoth(text: string, ends: readonly number[]): Promise<readonly [string, string]> {
  const streaming = openStage();
  for (const end of ends) flushSync(() => streaming.root.render(sotto(text.slice(0, end), true)));
  flushSync(() => streaming.root.render(sotto(text, false)));
  const whole = openStage();
  flushSync(() => whole.root.render(sotto(text, false)));
  await nextTask();
  const both = [markupOf(streaming.host), markupOf(whole.host)] as const;
  closeStage(streaming);
  closeStage(whole);
  return both;
}

let shown: Stage | undefined;

function show(text: string, isGrowing: boolean): void {
  shown ??= openStage();
  const { root } = shown;
  flushSync(() => root.render(sotto(text, isGrowing)));
}

const page: BenchPage = { warmUp, measure, measureLongestTask, findActive, renderBoth, show };
Object.assign(window, { bench: page });
