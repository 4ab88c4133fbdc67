import type { RemoteId } from '../../shared/ids.ts';
import type { LocalAnswer } from '../../shared/local-answer.ts';
import type { Route } from '../../shared/route.ts';

/** What is known of a question before anything is answered, or of its local answer. All of it is known on this machine. */
export type RoutingQuestion = {
  readonly task: 'chat' | 'answer' | 'summary' | 'quick-ask';
  readonly text: string;
  /** Tokens of everything that the model would read. */
  readonly promptTokens: number;
  /** True when anything that it was made from is labelled local only. */
  readonly isLocalOnly: boolean;
  /** Identifiers that were found in it. */
  readonly identifierCount: number;
  /** Of those, how many cannot be replaced, so that what leaves would still hold them; with one, nothing goes to a cloud. */
  readonly irreplaceableCount: number;
  /** Null before the local answer. `localAnswerOf` of shared reads it from the message. */
  readonly localAnswer: LocalAnswer | null;
  /** What the person said for this one question. */
  readonly choice: 'local' | 'remote' | null;
};

/** A remote that the rules allow for a question, with what it costs there at most, in millionths of a US dollar. */
export type RemoteChoice = { readonly remoteId: RemoteId; readonly mostCostMicroDollars: number };

/** Where it goes, and why. `isAsked`: the person sees the preview first. */
export type RoutingDecision = {
  readonly route: Route;
  /** Null for this machine. */
  readonly remoteId: RemoteId | null;
  readonly isAsked: boolean;
  /** Further remotes that the rules allow for the question, best first; none of them was tried. */
  readonly others: readonly RemoteChoice[];
};

/** Decides where a question is answered. Sends nothing, and asks nobody. */
export interface RoutingService {
  decide(question: RoutingQuestion, signal: AbortSignal): Promise<RoutingDecision>;
  /**
   * The next choice after a remote failed before any of its answer was billed: one that was not tried for this question and
   * that mode, offline lock and budget allow now, else this machine.
   */
  next(failed: RoutingDecision): Promise<RoutingDecision>;
}
