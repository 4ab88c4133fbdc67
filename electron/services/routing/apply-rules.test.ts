import { describe, expect, it } from 'vitest';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import { applyRules } from './apply-rules.ts';
import type { Candidate, Circumstances } from './apply-rules.ts';

const cloud: Candidate = {
  remoteId: createId(remoteIdSchema),
  mostCostMicroDollars: 900,
  zone: 'cloud',
  canSpend: true,
};
const own: Candidate = {
  remoteId: createId(remoteIdSchema),
  mostCostMicroDollars: 0,
  zone: 'own-server',
  canSpend: true,
};

const plain: Parameters<typeof applyRules>[0] = {
  promptTokens: 500,
  isLocalOnly: false,
  irreplaceableCount: 0,
  choice: null,
};
const usual: Circumstances = {
  mode: 'auto',
  isOffline: false,
  candidates: [cloud],
  localModel: { contextTokens: 8_192, languages: ['en'], parameterCount: null },
  answerTokens: 1_024,
  language: 'en',
};

type Case = readonly [
  title: string,
  question: Partial<typeof plain>,
  circumstances: Partial<Circumstances>,
  decided: string,
];

const broke = { ...cloud, canSpend: false };
const german = { language: 'de' } as const;

const cases: readonly Case[] = [
  ['nothing speaks for or against', {}, {}, 'open'],
  ['the mode asks each time', {}, { mode: 'ask' }, 'open'],
  ['large models are off', {}, { mode: 'off' }, 'local mode-off'],
  ['large models are off and the person wants one', { choice: 'remote' }, { mode: 'off' }, 'local mode-off'],
  ['the lock is on', {}, { isOffline: true }, 'local offline'],
  ['the lock is on and the person wants a large model', { choice: 'remote' }, { isOffline: true }, 'local offline'],
  ['the lock is on, and it is too long', { promptTokens: 9_000 }, { isOffline: true }, 'local offline'],
  ['none is set up', {}, { candidates: [] }, 'local no-remote'],
  ['it is local only', { isLocalOnly: true }, {}, 'local local-only'],
  [
    'it is local only and the person wants a large model',
    { isLocalOnly: true, choice: 'remote' },
    {},
    'local local-only',
  ],
  ['it is local only and too long', { isLocalOnly: true, promptTokens: 9_000 }, {}, 'local local-only'],
  ['it is local only and there is an own server', { isLocalOnly: true }, { candidates: [cloud, own] }, 'open own'],
  ['something cannot be replaced', { irreplaceableCount: 1 }, {}, 'local private-content'],
  ['something cannot be replaced, own server', { irreplaceableCount: 1 }, { candidates: [cloud, own] }, 'open own'],
  ['the budget is spent', {}, { candidates: [broke] }, 'local budget-spent'],
  [
    'the budget is spent and the person wants a cloud',
    { choice: 'remote' },
    { candidates: [broke] },
    'local budget-spent',
  ],
  ['the budget is spent, own server', {}, { candidates: [broke, own] }, 'open own'],
  [
    'the budget is spent by what may go nowhere else',
    { isLocalOnly: true },
    { candidates: [{ ...own, canSpend: false }] },
    'local budget-spent',
  ],
  ['the person wants it here', { choice: 'local', promptTokens: 9_000 }, {}, 'local person-chose-local'],
  ['the person wants a large model', { choice: 'remote' }, {}, 'remote person-chose-remote'],
  ['it is too long', { promptTokens: 8_000 }, {}, 'remote too-long-for-local'],
  ['it just fits', { promptTokens: 7_936 }, {}, 'open'],
  ['the local model does not know German', {}, german, 'remote language-not-local'],
  [
    'nobody knows what the local model knows',
    {},
    { ...german, localModel: { contextTokens: 8_192, languages: null, parameterCount: null } },
    'open',
  ],
  ['the language cannot be told', {}, { language: null }, 'open'],
  ['there is no local model', {}, { localModel: null }, 'remote no-local-model'],
  ['there is no local model and nothing may leave', {}, { localModel: null, mode: 'off' }, 'local mode-off'],
];

describe('applyRules', () => {
  // Catches a wish or a need that gets past what forbids, and a label that keeps a person from the own server.
  it.each(cases)('decides when %s', (_title, question, circumstances, decided) => {
    const ruled = applyRules({ ...plain, ...question }, { ...usual, ...circumstances });
    const onlyOwn = ruled.place !== 'local' && ruled.candidates.every(({ zone }) => zone === 'own-server');
    const words = [ruled.place, ...(ruled.place === 'open' ? [] : [ruled.reason]), ...(onlyOwn ? ['own'] : [])];
    expect(words.join(' ')).toBe(decided);
  });

  it('takes a server of the person before a cloud, and keeps the order otherwise', () => {
    const second = { ...cloud, remoteId: createId(remoteIdSchema) };
    const ruled = applyRules(plain, { ...usual, candidates: [cloud, second, own] });
    expect(ruled).toEqual({ place: 'open', candidates: [own, cloud, second] });
  });
});
