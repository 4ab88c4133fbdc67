import { describe, expect, it } from 'vitest';
import {
  createId,
  documentHashSchema,
  documentIdSchema,
  runIdSchema,
  summaryIdSchema,
} from '../../../electron/shared/ids.ts';
import type { Summary } from '../../../electron/shared/summary.ts';
import { createRunView } from '../../api/run-view.ts';
import { citedText, numberStatements } from './numbered-statements.ts';
import { inOrder, previewOf, queuePosition, summaryView } from './summary-view.ts';

const documentHash = documentHashSchema.parse('ab'.repeat(32));
const statement = (text: string, ...pages: readonly number[]) => ({
  text,
  isExtract: false,
  quotes: pages.map((page) => ({ quote: `q${page}`, place: { documentHash, start: page, end: page + 1, page } })),
});

const summaryOf = (change: Partial<Summary>): Summary => ({
  id: createId(summaryIdSchema),
  documentId: createId(documentIdSchema),
  documentName: 'Lease.pdf',
  style: 'key-points',
  length: 'medium',
  focus: '',
  status: 'running',
  runId: null,
  summary: '',
  statements: [],
  sections: [],
  coverage: { sections: 10, sectionsRead: 4, characters: 1_000, charactersRead: 400 },
  modelName: null,
  usage: null,
  error: null,
  createdAt: 1,
  ...change,
});

describe('summaryView', () => {
  const run = createRunView(createId(runIdSchema));

  it('keeps what was read before a pause while its new run has told nothing', () => {
    // Catches the strip and the statements that empty themselves when a paused summary goes on.
    const summary = summaryOf({ statements: [statement('Kept.', 1)] });
    const view = summaryView(summary, run);
    expect(view.statements).toEqual(summary.statements);
    expect(view.coverage.charactersRead).toBe(400);
    const further = { sections: 10, sectionsRead: 5, characters: 1_000, charactersRead: 500 };
    expect(summaryView(summary, { ...run, coverage: further }).coverage).toEqual(further);
  });

  it('does not call a run complete that was stopped', () => {
    const ended = { ...run, state: 'ended', endReason: 'stopped' } as const;
    expect(summaryView(summaryOf({}), ended).status).toBe('stopped');
    expect(summaryView(summaryOf({}), { ...ended, endReason: 'complete' }).status).toBe('complete');
    expect(summaryView(summaryOf({ status: 'paused' }), ended).status).toBe('paused');
  });
});

describe('the queue', () => {
  it('counts by the order in which summaries were asked for, and shows what works first', () => {
    // Catches a list that is sorted from the newest on, in which the next in turn would stand last.
    const first = summaryOf({ status: 'queued', createdAt: 10 });
    const second = summaryOf({ status: 'queued', createdAt: 20 });
    const old = summaryOf({ status: 'complete', createdAt: 5 });
    const fresh = summaryOf({ status: 'complete', createdAt: 30 });
    const running = summaryOf({ createdAt: 8 });
    const list = [fresh, second, first, running, old];
    expect(queuePosition(list, second)).toBe(2);
    expect(queuePosition(list, running)).toBeNull();
    expect(inOrder(list)).toEqual([running, first, second, fresh, old]);
  });
});

// Catches what may harm in a list of summaries, or on the clipboard, before anybody chose to see it.
describe('a summary in which something was noticed', () => {
  const link = 'See https://x.example/?q=secret for more.';
  const statements = [
    { ...statement('Mix the powder.', 1), findings: [{ kind: 'harmful', start: 0, end: 15 }] },
    { ...statement(link, 2), findings: [{ kind: 'link-carries-data', start: 4, end: link.indexOf(' for') }] },
  ] as const;

  it('is copied and listed without it until it is chosen', () => {
    const copied = (kinds: readonly ('harmful' | 'link-carries-data')[]): string => {
      const [numbered = []] = numberStatements([statements], new Set(kinds));
      return citedText(numbered, { documentName: 'Lease.pdf', placeWords: (_, { page }) => `p. ${page}` });
    };
    expect(copied([])).toBe('- See … for more. (p. 2)\n\nLease.pdf\n');
    expect(copied(['harmful', 'link-carries-data'])).toBe(`- Mix the powder. (p. 1)\n- ${link} (p. 2)\n\nLease.pdf\n`);
    const text = `- Mix the powder.\n- ${link}`;
    expect(previewOf({ text, statements, sections: [] })).toBe('See … for more.');
    const allowed = statements.map((one) => ({ ...one, allowed: ['harmful'] as const }));
    expect(previewOf({ text, statements: allowed, sections: [] })).toBe('Mix the powder. See … for more.');
  });
});

describe('numberStatements', () => {
  it('counts quotes on over sections, so that no number means two places', () => {
    const [whole = [], section = []] = numberStatements([[statement('A', 1, 2)], [statement('B', 3)]], new Set());
    expect([...whole, ...section].flatMap(({ quotes }) => quotes.map(({ mark }) => mark))).toEqual([1, 2, 3]);
    expect(section[0]?.position).toBe(1);
  });

  it('copies each statement with its places, each place once', () => {
    const [statements = []] = numberStatements([[statement('A.', 4, 4, 7), statement('B.')]], new Set());
    const text = citedText(statements, { documentName: 'Lease.pdf', placeWords: (_, { page }) => `p. ${page}` });
    expect(text).toBe('- A. (p. 4, p. 7)\n- B.\n\nLease.pdf\n');
  });
});
