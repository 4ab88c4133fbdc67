import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalProvider } from '../../providers/local-provider.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import type { DocumentPage } from '../../shared/document.ts';
import type { SummaryLength, SummaryStyle } from '../../shared/summary.ts';
import { buildDocument } from '../../testing/build-records.ts';
import { createFakeEngine } from '../../testing/fake-engine.ts';
import type { FakeScript } from '../../testing/fake-engine.ts';
import { openScreening } from '../../testing/open-screening.ts';
import { openTestStorage } from '../../testing/open-test-storage.ts';
import { readRun } from '../../testing/read-run.ts';
import { createRecordingLogger } from '../../testing/recording-logger.ts';
import { createRunsService } from '../runs/create-runs-service.ts';
import { createSummariesService } from './create-summaries-service.ts';

type Wish = {
  readonly text: string;
  readonly style: SummaryStyle;
  readonly length?: SummaryLength;
  readonly focus?: string;
  readonly scripts?: readonly FakeScript[];
  readonly pages?: readonly DocumentPage[];
  readonly unreadablePages?: readonly number[];
  readonly contextTokens?: number;
  readonly pausesAfter?: number;
};

/** Summarises with a made model over the real database; without scripts the model says nothing usable. */
async function summarise(wish: Wish) {
  const { text, style, length = 'medium', focus = '', scripts = [], pages = [], contextTokens = 8_192 } = wish;
  const storage = await openTestStorage();
  const engine = createFakeEngine({ contextTokens });
  const logger = createRecordingLogger();
  const runs = createRunsService({ clock: createSystemClock(), logger });
  const current = { description: { id: 'sha256:0123456789abcdef', name: 'Small' }, path: '/m.gguf' };
  const built = buildDocument([text]);
  const report = { ...built.document.description.report, unreadablePages: wish.unreadablePages ?? [] };
  const document = { ...built.document.description, report };
  await storage.documents.insert(built.document, built.passages);
  const headings = [...text.matchAll(/^[A-Z]{4,}$/gm)].map(({ index, 0: title }) => ({
    level: 1,
    title,
    start: index,
  }));
  const source = { current: () => Promise.resolve(current), resolve: () => Promise.resolve(current) };
  const summaries = createSummariesService({
    storage,
    runs,
    documents: {
      get: async () => await Promise.resolve(document),
      content: async () => await Promise.resolve({ text, headings }),
      pages: async () => await Promise.resolve(pages),
    },
    provider: createLocalProvider({ engine, models: source, logger }),
    clock: { ...createSystemClock(), delay: async () => await Promise.resolve() },
    logger,
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    screening: openScreening(),
    goesOnWithQueue: true,
    language: async () => await Promise.resolve('en'),
  });
  for (const script of scripts) engine.script(script);
  try {
    const { summaryId, runId } = await summaries.start({ documentId: document.id, request: { style, length, focus } });
    if (wish.pausesAfter !== undefined) {
      let coverages = 0;
      for await (const part of runs.follow(runId, -1, new AbortController().signal))
        if (part.type === 'section-end' && (coverages += 1) === wish.pausesAfter) await summaries.pause(summaryId);
      if ((await summaries.get(summaryId)).status !== 'paused') throw new Error('It did not pause.');
      await readRun(runs, (await summaries.resume(summaryId)).runId);
    } else await readRun(runs, runId);
    return { summary: await summaries.get(summaryId), engine };
  } finally {
    await summaries.close();
    await runs.close();
    await storage.close();
  }
}

const minutes = `BUDGET

The library has many books about gardens. Anna Berger will send the revised budget by 14 March. The hall was painted in a warm yellow.

STAFF

Two people joined the kitchen in spring. Otto must hire a gardener before Friday. The weather was pleasant all week.`;

describe('the styles', () => {
  // A weak model passes over half of the duties: those that are plain to see stand in the document's own words.
  it('lists actions and dates with their quotes, and nothing else', async () => {
    const scripts = [['The hall was painted in a warm yellow.'], ['The weather was pleasant all week.']];
    const { summary } = await summarise({ text: minutes, style: 'actions', scripts });
    expect(summary.statements.map(({ text }) => text)).toEqual([
      'Anna Berger will send the revised budget by 14 March.',
      'Otto must hire a gardener before Friday.',
    ]);
    expect(summary.statements.every(({ isExtract }) => isExtract)).toBe(true);
    expect(summary.statements[0]?.quotes[0]?.quote).toBe('Anna Berger will send the revised budget by 14 March.');
  });

  it('answers a question from the parts that say something to it', async () => {
    const text = `${'The kitchen has a stove and a table of oak. '.repeat(200)}\nGARDEN\n\nThe gardener earns 900 euros. ${'The roses are red and the gate is blue. '.repeat(200)}`;
    const focus = 'How much does the gardener earn?';
    const scripts = [['The kitchen has a stove.'], ['The kitchen has a table of oak.']];
    const { summary } = await summarise({ text, style: 'question', focus, scripts });
    expect(summary.summary).toContain('The gardener earns 900 euros.');
    expect(summary.summary).not.toContain('kitchen');
    expect(summary.coverage.charactersRead).toBe(text.length);
  });

  it('writes by section under the headings of the document', async () => {
    const scripts = [['Anna Berger will send the revised budget.', ' '], ['Otto must hire a gardener.']];
    const text = minutes.replaceAll(
      /([^.\n]+\.)$/gm,
      (last) => `${last} ${'Birds sang over the wide meadow. '.repeat(300)}`,
    );
    const { summary } = await summarise({ text, style: 'by-section', scripts });
    expect(summary.summary).toMatch(/^## BUDGET\n\n- [^#]+\n\n## STAFF\n\n- /);
  });

  it('gives own instructions to the model for the writing', async () => {
    const scripts = [['Anna Berger will send the revised budget.'], ['The revised budget Anna Berger will send.']];
    const { engine, summary } = await summarise({
      text: minutes,
      style: 'instructions',
      focus: 'Write it as a newsletter.',
      scripts,
    });
    expect(engine.requests.at(-1)?.turns.at(-1)?.text).toContain('Write it as a newsletter.');
    expect(summary.summary).toBe('The revised budget Anna Berger will send.');
  });

  it.each([
    ['a changed number', 'Anna Berger will send the revised budget by 15 March.'],
    ['another name', 'Maria Huber will send the revised budget by 14 March.'],
    ['the opposite', 'Anna Berger will not send the revised budget by 14 March.'],
    ['a mixture without a place', 'Dragons slept under mountains of gold and dreamt.'],
  ])('does not keep %s', async (_what, invented) => {
    const { summary } = await summarise({ text: minutes, style: 'key-points', scripts: [[invented], [invented]] });
    expect(summary.summary).not.toContain(invented);
    expect(summary.statements.length).toBeGreaterThan(0);
  });

  it('has fewer statements when it is short, and more when it is long', async () => {
    const kinds = ['door', 'roof', 'wall', 'gate', 'lamp', 'desk', 'shelf', 'bench', 'fence', 'tower'];
    const text = Array.from(
      { length: 600 },
      (_value, index) =>
        `The ${kinds[index % 10]} in hall ${index} was mended by worker ${index * 7} in week ${index * 3}.`,
    ).join('\n\n');
    const counts: number[] = [];
    for (const length of ['short', 'medium', 'long'] as const)
      counts.push((await summarise({ text, style: 'key-points', length })).summary.statements.length);
    expect(counts.slice(0, 2)).toEqual([2, 7]);
    expect(counts[2]).toBeGreaterThan(7);
    expect(counts[2]).toBeLessThanOrEqual(14);
  });
});

describe('long documents', () => {
  const book = (count: number) => {
    const texts = Array.from(
      { length: count },
      (_page, page) =>
        `${Array.from({ length: 40 }, (_value, line) => `On day ${page * 40 + line} the keeper of room ${page} wrote about storms.`).join('\n')}\n`,
    );
    let start = 0;
    const pages = texts.map((text, index): DocumentPage => {
      const page = {
        page: index + 1,
        start,
        end: start + text.length,
        label: null,
        reading: 'text',
        size: null,
      } as const;
      start += text.length;
      return page;
    });
    return { text: texts.join(''), pages };
  };

  it('reads 300 pages in a context of 2,048 tokens, paused on the way, and names the page of every quote', async () => {
    const { text, pages } = book(300);
    const { summary, engine } = await summarise({
      text,
      pages,
      style: 'key-points',
      contextTokens: 2_048,
      pausesAfter: 20,
    });
    expect(summary.status).toBe('complete');
    expect(summary.coverage.charactersRead).toBe(summary.coverage.characters);
    expect(summary.coverage.sectionsRead).toBe(summary.coverage.sections);
    const quotes = summary.statements.flatMap((statement) => statement.quotes);
    expect(quotes.length).toBeGreaterThan(0);
    for (const { place, quote } of quotes) {
      const page = pages.find(({ start, end }) => place.start >= start && place.start < end);
      expect(place.page).toBe(page?.page);
      expect(text.slice(place.start, place.end)).toBe(quote);
    }
    const read = engine.requests
      .flatMap(({ turns }) => turns.at(-1)?.text ?? '')
      .filter((prompt) => prompt.includes('Summarize the text above'))
      .flatMap((prompt) => [...prompt.matchAll(/On day (\d+)/g)].map(([, day]) => Number(day)));
    expect(new Set(read).size).toBe(300 * 40);
  }, 60_000);

  // A scan that gave no text is not read: coverage of 100 % would be a lie.
  it('counts pages that could not be read as not read, and names them', async () => {
    const { text, pages } = book(10);
    const { summary } = await summarise({ text, pages, style: 'key-points', unreadablePages: [4, 9] });
    const { coverage } = summary;
    expect(coverage.unreadablePages).toEqual([4, 9]);
    expect(coverage.charactersRead).toBe(text.length);
    expect(coverage.charactersRead / coverage.characters).toBeCloseTo(0.8, 1);
    expect(coverage.sections - coverage.sectionsRead).toBe(2);
  });
});
