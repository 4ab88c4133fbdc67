import type { CatalogueEntry, CataloguedModel, ModelOffer } from '../../shared/catalogue.ts';
import type { FitStatus } from '../../shared/fit.ts';
import type { ModelKind } from '../../shared/model.ts';

/** Better first; nothing that comes after `unknown` runs. */
const statusOrder: readonly FitStatus[] = ['fits', 'tight', 'unknown', 'no-room-on-disk', 'too-large', 'unsupported'];
const kindOrder: readonly ModelKind[] = ['chat', 'embedding', 'reranking'];

/** Tokens a second below which people wait for words; the slowest readers take 4. */
const pleasantRate = 6;
/** Bytes that a processor goes through for each token at a pleasant rate, where nothing was measured yet. */
const pleasantBytes = 3 * 1024 ** 3;

const runs = ({ status }: ModelOffer['fit']): boolean => status === 'fits' || status === 'tight';

function isPleasant({ sizeBytes, fit }: ModelOffer): boolean {
  if (fit.tokensPerSecond !== null) return fit.tokensPerSecond >= pleasantRate;
  return fit.backend !== 'cpu' || sizeBytes <= pleasantBytes;
}

/** The first that is pleasant and leaves room, in the order of the entry, which has the best value first; null where none runs. */
export function bestOffer(offers: readonly ModelOffer[]): ModelOffer | null {
  const running = offers.filter(({ fit }) => runs(fit));
  return (
    running.find((offer) => offer.fit.status === 'fits' && isPleasant(offer)) ??
    running.find((offer) => offer.fit.status === 'fits') ??
    running[0] ??
    null
  );
}

/** How good the answers of an entry are likely to be, and how free it is to use: only for comparing entries of a kind. */
function worth({ kind, parameterCount, activeParameterCount, licence, strengths }: CatalogueEntry): number {
  // A model of one language finds nothing in another.
  const isVersatile = strengths.includes('languages') ? (kind === 'chat' ? 0.6 : 1.2) : 0;
  const isFree = licence.terms === 'free' ? 0.4 : 0;
  const doublings = Math.log2(activeParameterCount ?? parameterCount);
  // Of what writes, each doubling is about one step up; what searches does so over and over, and has to be quick.
  return isVersatile + isFree + (kind === 'chat' ? doublings : -0.3 * doublings);
}

type Judged = {
  readonly entry: CatalogueEntry;
  readonly offers: readonly ModelOffer[];
  readonly best: ModelOffer | null;
};

/** The smallest of all are for trying out. */
const isUseful = ({ parameterCount }: CatalogueEntry): boolean => parameterCount >= 500_000_000;

/** What a newcomer should take. A model for code alone is recommended to nobody who did not ask for it. */
function isForEverybody({ kind, strengths }: CatalogueEntry): boolean {
  return kind !== 'chat' || strengths.includes('chat');
}

function recommend(judged: readonly Judged[]): ReadonlyMap<string, NonNullable<CataloguedModel['recommended']>> {
  const recommended = new Map<string, NonNullable<CataloguedModel['recommended']>>();
  for (const kind of kindOrder) {
    const candidates = judged.flatMap(({ entry, best }) =>
      entry.kind === kind && best !== null && isForEverybody(entry) ? [{ entry, best }] : [],
    );
    const roomy = candidates.filter(({ best }) => best.fit.status === 'fits');
    const pleasant = roomy.filter(({ best }) => isPleasant(best));
    const [only, another] = candidates;
    const byWorth = pleasant.toSorted((a, b) => worth(b.entry) - worth(a.entry))[0];
    const bySize = (roomy.length === 0 ? candidates : roomy).toSorted((a, b) => a.best.sizeBytes - b.best.sizeBytes);
    const quickest = bySize.find(({ entry }) => kind !== 'chat' || isUseful(entry)) ?? bySize[0];
    if (only !== undefined && another === undefined) recommended.set(only.entry.id, 'only-one-that-fits');
    else if (byWorth !== undefined) recommended.set(byWorth.entry.id, 'best-that-fits');
    else if (quickest !== undefined) recommended.set(quickest.entry.id, 'quick-on-this-machine');
  }
  return recommended;
}

const statusRank = ({ best, offers }: Judged): number =>
  statusOrder.indexOf((best ?? offers.toSorted(byStatus)[0])?.fit.status ?? 'unknown');

function byStatus(a: ModelOffer, b: ModelOffer): number {
  return statusOrder.indexOf(a.fit.status) - statusOrder.indexOf(b.fit.status);
}

const pleasantRank = ({ best }: Judged): number => (best !== null && isPleasant(best) ? 0 : 1);

/**
 * The entries with their best offers and the recommended ones: chat models first, within a kind what runs pleasantly before
 * what is slow before what does not run, and the more capable before the less.
 */
export function judgeModels(
  models: readonly { readonly entry: CatalogueEntry; readonly offers: readonly ModelOffer[] }[],
): readonly CataloguedModel[] {
  const judged = models.map(({ entry, offers }) => ({ entry, offers, best: bestOffer(offers) }));
  const recommended = recommend(judged);
  const isRecommended = ({ entry }: Judged): number => (recommended.has(entry.id) ? 0 : 1);
  return judged
    .toSorted(
      (a, b) =>
        kindOrder.indexOf(a.entry.kind) - kindOrder.indexOf(b.entry.kind) ||
        isRecommended(a) - isRecommended(b) ||
        statusRank(a) - statusRank(b) ||
        pleasantRank(a) - pleasantRank(b) ||
        worth(b.entry) - worth(a.entry),
    )
    .map(({ entry, offers, best }) => ({
      entry,
      offers,
      bestQuantisation: best?.quantisation ?? null,
      recommended: recommended.get(entry.id) ?? null,
    }));
}
