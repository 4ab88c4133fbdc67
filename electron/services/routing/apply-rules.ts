import type { CloudMode, RemoteZone } from '../../shared/remote.ts';
import type { RouteReason } from '../../shared/route.ts';
import type { RemoteChoice, RoutingQuestion } from './routing-service.ts';

/** A remote that is set up with a model, and what the question costs there at most. */
export type Candidate = RemoteChoice & { readonly zone: RemoteZone; readonly canSpend: boolean };

/** What the rules look at beside the question. */
export type Circumstances = {
  readonly mode: CloudMode;
  /** True when the offline lock, or its purpose for providers, lets nothing out. */
  readonly isOffline: boolean;
  /** In the order in which the person has them. */
  readonly candidates: readonly Candidate[];
  /** Null without a local model. */
  readonly localModel: {
    /** Tokens that prompt and answer may have together. */
    readonly contextTokens: number;
    /** As ISO 639-1; null where nobody knows. */
    readonly languages: readonly string[] | null;
    /** Null where its file does not tell. */
    readonly parameterCount: number | null;
  } | null;
  /** Tokens that the answer may have. */
  readonly answerTokens: number;
  /** Of the question, as ISO 639-1; null where it cannot be told. */
  readonly language: string | null;
};

/** `open`: no rule decides, what was learned does; one of `candidates` is there. */
export type Ruled =
  | { readonly place: 'local'; readonly reason: RouteReason }
  | { readonly place: 'remote'; readonly reason: RouteReason; readonly candidates: readonly Candidate[] }
  | { readonly place: 'open'; readonly candidates: readonly Candidate[] };

type Question = Omit<RoutingQuestion, 'text' | 'task' | 'identifierCount' | 'localAnswer'>;

/** A server of one's own comes first: it costs nothing and nobody else reads it. Otherwise the person's order. */
const ownFirst = (candidates: readonly Candidate[]): readonly Candidate[] =>
  [...candidates].sort((one, other) => Number(one.zone === 'cloud') - Number(other.zone === 'cloud'));

/** Remotes that may have the question, or the first reason why none may. */
function allowed(
  { isLocalOnly, irreplaceableCount }: Question,
  { candidates }: Circumstances,
): readonly Candidate[] | RouteReason {
  if (candidates.length === 0) return 'no-remote';
  const own = candidates.filter(({ zone }) => zone === 'own-server');
  if (isLocalOnly && own.length === 0) return 'local-only';
  if (irreplaceableCount > 0 && own.length === 0) return 'private-content';
  const permitted = isLocalOnly || irreplaceableCount > 0 ? own : candidates;
  const affordable = permitted.filter(({ canSpend }) => canSpend);
  return affordable.length === 0 ? 'budget-spent' : ownFirst(affordable);
}

function whyNotLocal(
  { promptTokens }: Question,
  { localModel, answerTokens, language }: Circumstances,
): RouteReason | null {
  if (localModel === null) return 'no-local-model';
  // An answer is cut where the window ends; one that has not even a quarter of its room is none.
  if (promptTokens + answerTokens / 4 > localModel.contextTokens) return 'too-long-for-local';
  const isKnown = language === null || localModel.languages === null || localModel.languages.includes(language);
  return isKnown ? null : 'language-not-local';
}

/** The rules, in the order in which they hold. What forbids comes before what the person wishes, and that before the rest. */
export function applyRules(question: Question, circumstances: Circumstances): Ruled {
  if (question.choice === 'local') return { place: 'local', reason: 'person-chose-local' };
  if (circumstances.mode === 'off') return { place: 'local', reason: 'mode-off' };
  if (circumstances.isOffline) return { place: 'local', reason: 'offline' };
  const candidates = allowed(question, circumstances);
  if (typeof candidates === 'string') return { place: 'local', reason: candidates };
  if (question.choice === 'remote') return { place: 'remote', reason: 'person-chose-remote', candidates };
  const reason = whyNotLocal(question, circumstances);
  return reason === null ? { place: 'open', candidates } : { place: 'remote', reason, candidates };
}
