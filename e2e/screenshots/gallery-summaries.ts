import type { Collection } from '../../electron/shared/library.ts';
import type { DocumentPage } from '../../electron/shared/document.ts';
import {
  collectionIdSchema,
  createId,
  documentHashSchema,
  runIdSchema,
  summaryIdSchema,
} from '../../electron/shared/ids.ts';
import type { DocumentId } from '../../electron/shared/ids.ts';
import type { Summary, SummaryStatement } from '../../electron/shared/summary.ts';
import { contractText, placeOf } from './gallery-texts.ts';

const hash = documentHashSchema.parse('5f'.repeat(32));
const pageCount = 60;
const length = contractText.length;

/** Pages of a scanned book: some of them gave no text. */
export const scannedPages: readonly DocumentPage[] = Array.from({ length: pageCount }, (_, at) => ({
  page: at + 1,
  start: Math.floor((at * length) / pageCount),
  end: Math.floor(((at + 1) * length) / pageCount),
  label: null,
  reading: [11, 12, 37].includes(at + 1) ? 'unreadable' : 'recognised',
  size: { width: 595, height: 842 },
}));

/** A statement whose quotes lie on these pages of the contract. */
function statement(
  text: string,
  quotes: readonly (readonly [quote: string, page: number])[],
  isExtract = false,
): SummaryStatement {
  return {
    text,
    isExtract,
    quotes: quotes.map(([quote, page]) => ({ quote, place: { documentHash: hash, ...placeOf(quote), page } })),
  };
}

/** What the contract says, point by point. */
export const contractStatements: readonly SummaryStatement[] = [
  statement('The contractor keeps the booking system of Meyer AG available on working days between 8 and 18 o’clock.', [
    ['Meyer AG engages the contractor to maintain its booking system.', 1],
    ["The contractor keeps the system available on working days between 8 and 18 o'clock.", 12],
  ]),
  statement('The fee is 4,800 euros a month, due within 14 days of the invoice.', [
    ['The fee is 4,800 euros a month and is due within 14 days of the invoice.', 14],
  ]),
  statement(
    'Either party may end this agreement with a notice of three months to the end of a calendar quarter.',
    [['Either party may end this agreement with a notice of three months to the end of a calendar quarter.', 31]],
    true,
  ),
  statement('In the first year six weeks suffice, always on paper.', [
    [
      'By the first amendment of 2 March the notice period for the first year is shortened to six weeks to the end of a month.',
      32,
    ],
    ['Notice has to be given in writing; a message by e-mail does not suffice.', 32],
  ]),
  statement('For slight negligence each side is liable up to 50,000 euros a case.', [
    ['For slight negligence, liability ends at 50,000 euros for each case.', 48],
  ]),
];

const carried = 'Confirm the fee at https://pay.example/?d=4800-euros-a-month-within-14-days.';

/** Statements in which something was noticed. */
const noticedStatements: readonly SummaryStatement[] = [
  ...contractStatements.slice(0, 1),
  {
    ...statement(carried, [['The fee is 4,800 euros a month and is due within 14 days of the invoice.', 14]]),
    findings: [{ kind: 'link-carries-data', start: carried.indexOf('https'), end: carried.length - 1 }],
  },
  {
    ...statement('What may harm stands here.', [
      ['For slight negligence, liability ends at 50,000 euros for each case.', 48],
    ]),
    findings: [{ kind: 'harmful', start: 0, end: 26 }],
  },
  ...contractStatements.slice(2, 3),
];

/** The same document in other states and styles. */
export function summariesInAllStates(
  base: Summary,
  others: readonly { readonly id: DocumentId; readonly name: string }[],
) {
  const [second = { id: base.documentId, name: base.documentName }, third = second] = others;
  const about = (change: Partial<Summary>): Summary => ({ ...base, id: createId(summaryIdSchema), ...change });
  const half = { sections: 61, sectionsRead: 24, characters: length, charactersRead: Math.floor(length * 0.4) };
  const nothing = { ...half, sections: 0, sectionsRead: 0, charactersRead: 0 };
  return {
    prose: about({ style: 'page', statements: contractStatements, summary: '', createdAt: base.createdAt - 9_000_000 }),
    question: about({
      style: 'question',
      focus: 'What does it cost to leave in the first year?',
      statements: contractStatements.slice(2, 4),
      createdAt: base.createdAt - 8_000_000,
    }),
    noticed: about({
      statements: noticedStatements,
      summary: '',
      sections: [],
      createdAt: base.createdAt - 7_000_000,
    }),
    queued: about({
      documentId: second.id,
      documentName: second.name,
      status: 'queued',
      runId: createId(runIdSchema),
      summary: '',
      statements: [],
      sections: [],
      coverage: nothing,
    }),
    queuedNext: about({
      documentId: third.id,
      documentName: third.name,
      style: 'actions',
      status: 'queued',
      runId: createId(runIdSchema),
      summary: '',
      statements: [],
      sections: [],
      coverage: nothing,
      createdAt: base.createdAt + 1_000,
    }),
    paused: about({
      style: 'by-section',
      status: 'paused',
      statements: [],
      sections: base.sections.slice(0, 2).map((section, at) => ({
        ...section,
        statements: contractStatements.slice(at, at + 1),
      })),
      summary: '',
      coverage: half,
    }),
    failed: about({
      documentId: second.id,
      documentName: second.name,
      style: 'actions',
      status: 'failed',
      summary: '',
      statements: [],
      sections: [],
      coverage: nothing,
      error: { code: 'engine/crashed', message: 'The engine ended.', details: {} },
    }),
  } as const;
}

/** Collections that files can be added to. */
export const dropCollections: readonly Collection[] = ['Contracts', 'Travel'].map((name, at) => ({
  id: createId(collectionIdSchema),
  name,
  sources: [],
  isPaused: false,
  isLocalOnly: false,
  counts: { total: 140 + at, ready: 132, pending: 0, failed: 8, skipped: 0 },
  createdAt: 1_760_000_000_000,
}));
