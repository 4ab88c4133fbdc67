import type { Services } from '../../electron/api/context.ts';
import { AppError } from '../../electron/shared/app-error.ts';
import { createId, ledgerEntryIdSchema, remoteIdSchema } from '../../electron/shared/ids.ts';
import type { KeyStatus } from '../../electron/shared/key.ts';
import type { LedgerEntry } from '../../electron/shared/ledger-entry.ts';
import type { Remote } from '../../electron/shared/remote.ts';
import { conversations } from './gallery-content.ts';

const notHere = (): never => {
  throw new AppError('app/not-found', 'The gallery has none of these.');
};

/** A vendor that is set up, and a server of one's own without a model yet. */
export const galleryRemotes: readonly Remote[] = [
  {
    id: createId(remoteIdSchema),
    kind: 'openai',
    zone: 'cloud',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    modelName: 'gpt-5-mini',
    contextTokens: 400_000,
    policyUrl: 'https://platform.openai.com/docs/guides/your-data',
  },
  {
    id: createId(remoteIdSchema),
    kind: 'openai-compatible',
    zone: 'own-server',
    name: 'Workshop',
    baseUrl: 'http://192.168.1.20:11434/v1',
    modelName: null,
    contextTokens: null,
    policyUrl: null,
  },
];

/** Where the keys of these are. */
const galleryKeys: readonly KeyStatus[] = galleryRemotes.map(({ id, zone }) => ({
  owner: id,
  state: zone === 'cloud' ? 'kept-in-keychain' : 'unreachable',
}));

const minuteMs = 60_000;
const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const [anyChat] = Object.values(conversations);

const buildEntry = (parts: Partial<LedgerEntry>): LedgerEntry => ({
  id: createId(ledgerEntryIdSchema),
  at: Date.now(),
  host: 'api.openai.com',
  purpose: 'provider',
  askedBy: 'cloud',
  outcome: 'completed',
  bytesSent: 2_840,
  bytesReceived: 11_310,
  bodyHash: hash,
  inputTokens: 612,
  outputTokens: 240,
  costMicroDollars: 2_104,
  conversationId: anyChat?.id ?? null,
  chainHash: hash,
  ...parts,
});

const plain = { bodyHash: null, inputTokens: null, outputTokens: null, costMicroDollars: null, conversationId: null };

/** What left and what was refused, newest first. */
export const galleryEntries: readonly LedgerEntry[] = [
  buildEntry({ at: Date.now() - 4 * minuteMs }),
  buildEntry({ ...plain, at: Date.now() - 9 * minuteMs, outcome: 'refused', bytesSent: 0, bytesReceived: 0 }),
  buildEntry({ at: Date.now() - 25 * minuteMs, host: '192.168.1.20:11434', costMicroDollars: null }),
  buildEntry({ at: Date.now() - 26 * minuteMs, outcome: 'failed', bytesReceived: 0, outputTokens: null }),
  buildEntry({
    ...plain,
    at: Date.now() - 95 * minuteMs,
    host: 'huggingface.co',
    purpose: 'model-download',
    askedBy: 'models',
    bytesSent: 410,
    bytesReceived: 986_000_000,
  }),
];

const monthName = new Date().toISOString().slice(0, 7);
const nothingSent = { month: monthName, requests: 0, refused: 0, bytesSent: 0, bytesReceived: 0, hosts: [] };
const unbilled = { inputTokens: 0, outputTokens: 0, costMicroDollars: 0 };
const somethingSent = {
  ...nothingSent,
  requests: 42,
  refused: 1,
  bytesSent: 118_400,
  bytesReceived: 986_420_000,
  hosts: [
    {
      host: 'api.openai.com',
      purpose: 'provider' as const,
      requests: 31,
      bytesSent: 98_000,
      bytesReceived: 390_000,
      inputTokens: 21_400,
      outputTokens: 8_600,
      costMicroDollars: 1_240_000,
    },
    {
      host: '192.168.1.20:11434',
      purpose: 'provider' as const,
      requests: 8,
      bytesSent: 19_200,
      bytesReceived: 30_000,
      ...unbilled,
    },
    {
      host: 'huggingface.co',
      purpose: 'model-download' as const,
      requests: 3,
      bytesSent: 1_200,
      bytesReceived: 986_000_000,
      ...unbilled,
    },
  ],
};

/** Large models elsewhere, and the account of what left: nothing while the lock is on. */
export function createGalleryCloud(
  isOnline: boolean,
  hasToken = isOnline,
): Pick<Services, 'cloud' | 'remotes' | 'usage' | 'privacy' | 'keys'> {
  const entries = isOnline ? galleryEntries : [];
  return {
    keys: {
      status: () =>
        Promise.resolve([
          { owner: 'hub', state: hasToken ? 'kept-in-keychain' : 'missing' },
          ...(isOnline ? galleryKeys : []),
        ]),
      set: notHere,
      remove: notHere,
      carry: notHere,
      read: () => Promise.resolve(null),
    },
    cloud: { preview: notHere, redactMore: notHere, edit: notHere, decide: notHere },
    remotes: {
      list: () => Promise.resolve(isOnline ? galleryRemotes : []),
      add: (text) => Promise.resolve({ ...text, id: createId(remoteIdSchema), contextTokens: null }),
      update: (id, text) => Promise.resolve({ ...text, id, contextTokens: null }),
      remove: () => Promise.resolve(),
      models: () =>
        Promise.resolve([
          { name: 'gpt-5-mini', contextTokens: 400_000, inputPrice: 0.25, outputPrice: 2 },
          { name: 'gpt-5', contextTokens: 400_000, inputPrice: 1.25, outputPrice: 10 },
          { name: 'o-research-preview', contextTokens: null, inputPrice: null, outputPrice: null },
        ]),
      test: (id) =>
        Promise.resolve(
          id === galleryRemotes[0]?.id ? { status: 'works', models: 3, movedTo: null } : { status: 'unreachable' },
        ),
    },
    usage: {
      month: () =>
        Promise.resolve({
          month: monthName,
          requests: isOnline ? 39 : 0,
          inputTokens: isOnline ? 21_400 : 0,
          outputTokens: isOnline ? 8_600 : 0,
          costMicroDollars: isOnline ? 1_240_000 : 0,
          budgetMicroDollars: 5_000_000,
          localTokens: 318_000,
          savedMicroDollars: isOnline ? 1_870_000 : null,
        }),
      conversation: () => Promise.resolve({ costMicroDollars: 0, tokens: 0 }),
    },
    privacy: {
      ledger: ({ id }) => {
        const found = entries.filter((entry) => id === null || entry.id === id);
        return Promise.resolve({ entries: found, total: found.length });
      },
      month: () => Promise.resolve(isOnline ? somethingSent : nothingSent),
      verify: () => Promise.resolve({ status: 'whole', entries: entries.length, unchained: 0 }),
      exportLines: notHere,
      sentBody: () =>
        Promise.resolve('{"model":"gpt-5-mini","messages":[{"role":"user","content":"[PERSON_1] asks …"}]}'),
      setOffline: () => Promise.resolve(),
      localOnly: () => Promise.resolve({ isLocalOnly: false }),
      holdLocalOnly: () => Promise.resolve({ isLocalOnly: false }),
    },
  };
}
