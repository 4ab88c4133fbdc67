import type { RemoteZone } from '../../shared/remote.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import type { CloudPreview, PreviewChoice } from '../../shared/cloud-preview.ts';
import type { ConversationId, MessageId, PreviewId } from '../../shared/ids.ts';
import type { PlaceChoice, Route } from '../../shared/route.ts';
import type { RoutingQuestion } from '../routing/routing-service.ts';
import type { AnswerWork } from '../runs/runs-service.ts';

/**
 * Requests to large models while they wait for a person. The answer that needs one tells its preview to its followers and
 * waits; a preview ends with its decision, with the answer, or with the app. Each call throws `app/not-found` once it has.
 */
export interface CloudService {
  preview(id: PreviewId): Promise<CloudPreview>;
  /** Further words are replaced, here and, with `isRemembered`, from now on; the body is made anew. */
  redactMore(
    id: PreviewId,
    request: { readonly words: readonly string[]; readonly isRemembered: boolean },
  ): Promise<CloudPreview>;
  /** Replaces the text of turns, by their index; the body is made anew. Throws `app/invalid-input` for an index that is none. */
  edit(id: PreviewId, turns: readonly { readonly index: number; readonly text: string }[]): Promise<CloudPreview>;
  /**
   * What stands in the way of sending is thrown, and the preview goes on waiting: `egress/offline`,
   * `egress/purpose-not-allowed`, `egress/mode-off`, `egress/local-only`, `cloud/no-remote`, `cloud/budget-spent`,
   * `provider/no-key`, `access/keychain-unavailable`, `cloud/preview-changed` for other bytes than the person saw, and
   * `cloud/remote-changed`, after which it shows the request made anew.
   */
  decide(id: PreviewId, choice: PreviewChoice): Promise<void>;
}

/** A stored question before anybody answers it. */
export type PlacedQuestion = {
  readonly task: RoutingQuestion['task'];
  readonly conversationId: ConversationId;
  readonly questionId: MessageId;
  /** What the person said for this one; null lets the rules decide. */
  readonly choice: PlaceChoice | null;
};

/** Where an answer is made. */
export type Place = {
  /** The model may be shown no more than it needs: the question and short passages, never a file. */
  readonly isRemote: boolean;
  /** The model that answers: `local` itself, or a remote one in its place. */
  readonly provider: (local: ModelProvider) => ModelProvider;
};

/** The work of an answer over the model of a place. It may be begun again elsewhere as long as the answer has no text. */
export type PlacedWork = (place: Place) => AnswerWork;

/** Finds the place for an answer and makes it there; what chat and answers from documents ask. */
export interface AnswerPlaces {
  /** This machine as it always was. */
  readonly here: Place;
  /**
   * Decides when the answer begins, not before. A remote that fails before it was billed is followed by the next choice, or by
   * this machine, with a notice; one that was billed is never asked again by itself.
   */
  placed(question: PlacedQuestion, work: PlacedWork): AnswerWork;
  /**
   * Goes on with an answer where it began, `from`: there by the rules and with the preview as ever, or else on this machine.
   * Of what fails there before a further word, the same is true.
   */
  continued(question: PlacedQuestion, from: Route | null, work: PlacedWork): AnswerWork;
}

/** Conversations in which a request waits for a person to look at it. */
export interface WaitingSource {
  /** Each once, the one that waits longest first. */
  current(): readonly ConversationId[];
  /** Calls back after every change; returns the way to stop. */
  onChange(listener: () => void): () => void;
}

/** Where questions are being answered at this moment, if not on this machine. */
export interface SendingSource {
  /** Null while nothing is. */
  current(): RemoteZone | null;
  /** Calls back after every change; returns the way to stop. */
  onChange(listener: () => void): () => void;
}
