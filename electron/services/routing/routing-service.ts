import type { RemoteId } from '../../shared/ids.ts';
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
  /** Null before the local answer. */
  readonly localAnswer: {
    /** Share of its sentences that the passages carry; null without documents. */
    readonly supported: number | null;
    /** Mean probability of its tokens, 0 to 1; null where it was not measured. */
    readonly tokenProbability: number | null;
    readonly isWithheld: boolean;
  } | null;
  /** What the person said for this one question. */
  readonly choice: 'local' | 'remote' | null;
};

/** Where it goes, and why. `isAsked`: the person sees the preview first. */
export type RoutingDecision = { readonly route: Route; readonly remoteId: RemoteId | null; readonly isAsked: boolean };

/** Decides where a question is answered. Sends nothing, and asks nobody. */
export interface RoutingService {
  decide(question: RoutingQuestion, signal: AbortSignal): Promise<RoutingDecision>;
  /** The next choice after a remote failed before any of its answer was billed; null leaves this machine. */
  next(failed: RoutingDecision): Promise<RoutingDecision>;
}
