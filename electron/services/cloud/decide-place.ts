import { messageText } from '../../shared/message.ts';
import type { LocalAnswer } from '../../shared/local-answer.ts';
import type { Route, RouteReason } from '../../shared/route.ts';
import type { Storage } from '../../storage/storage.ts';
import type { PrivacyService } from '../privacy/privacy-service.ts';
import type { RedactionService } from '../redaction/redaction-service.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { RoutingDecision, RoutingQuestion, RoutingService } from '../routing/routing-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { PlacedQuestion } from './cloud-service.ts';
import { here } from './next-place.ts';
import { guessTokens } from './token-guess.ts';

/** What a place is decided with. */
export type DecidePlaceParts = {
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly routing: RoutingService;
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly privacy: Pick<PrivacyService, 'localOnly' | 'holdLocalOnly'>;
  readonly redaction: RedactionService;
  readonly settings: Pick<SettingsService, 'get'>;
};

/** Tokens of the passages that an answer from documents reads, at most. */
const passageTokens = 1_600;

/** Reasons for which a model of this machine has nothing to say at all. */
const unanswerableHere: readonly RouteReason[] = ['no-local-model', 'too-long-for-local'];

async function describeQuestion(
  { task, conversationId, questionId, choice }: PlacedQuestion,
  localAnswer: LocalAnswer | null,
  { storage, privacy, redaction, settings }: DecidePlaceParts,
): Promise<RoutingQuestion> {
  const [label, conversation, branch, { redactedWords: ownWords }] = await Promise.all([
    privacy.holdLocalOnly(conversationId),
    storage.conversations.get(conversationId),
    storage.messages.branch(questionId),
    settings.get(),
  ]);
  const texts = branch.map((message) => messageText(message));
  const text = texts.at(-1) ?? '';
  // One that is forgotten again: nothing is given a placeholder for good by thinking about it.
  const redactor = redaction.createRedactor();
  const redacted = redactor.redactAll(task === 'answer' ? [text] : texts, { ownWords, keptKinds: [] });
  return {
    task,
    text,
    // What was said before is cut to fit on this machine, as ever.
    promptTokens: guessTokens(text) + (task === 'answer' ? passageTokens : 0),
    // Nothing of a private conversation goes to a cloud by itself after it was answered here.
    isLocalOnly: label.isLocalOnly || (localAnswer !== null && conversation?.isPrivate === true),
    identifierCount: redacted.reduce((sum, { replacements }) => sum + replacements.length, 0),
    irreplaceableCount: redaction.findLeaks(redacted.map((one) => one.text).join('\n'), redactor).length,
    localAnswer,
    choice,
  };
}

/** Where a question is answered, before its local answer or after it. */
export async function decidePlace(
  question: PlacedQuestion,
  localAnswer: LocalAnswer | null,
  parts: DecidePlaceParts,
  signal: AbortSignal,
): Promise<RoutingDecision> {
  const decision = await parts.routing.decide(await describeQuestion(question, localAnswer, parts), signal);
  // A quick question is answered at once where it can be: the small window asks about large models when it has an answer.
  const staysFirst =
    question.task === 'quick-ask' &&
    question.choice === null &&
    decision.isAsked &&
    !unanswerableHere.includes(decision.route.reason);
  return staysFirst ? here('quick-ask-stays') : decision;
}

/**
 * Where an answer that began at `from` goes on: there, if the rules let this question go there now; otherwise on this machine,
 * and to no other remote, which would have to be shown the beginning that somebody else wrote.
 */
export async function decideToGoOn(
  question: PlacedQuestion,
  from: Route,
  parts: DecidePlaceParts,
  signal: AbortSignal,
): Promise<RoutingDecision> {
  const described = { ...(await describeQuestion(question, null, parts)), choice: 'remote' } as const;
  const decision = await parts.routing.decide(described, signal);
  if (decision.remoteId === null) return decision;
  const origin = (await parts.remotes.list()).find(({ zone, name }) => zone === from.zone && name === from.remoteName);
  const modelName = origin?.modelName ?? null;
  if (origin === undefined || modelName === null) return here('no-remote');
  if (![decision.remoteId, ...decision.others.map(({ remoteId }) => remoteId)].includes(origin.id)) {
    if (described.isLocalOnly) return here('local-only');
    return here(described.irreplaceableCount > 0 ? 'private-content' : 'budget-spent');
  }
  const { id: remoteId, zone, name: remoteName } = origin;
  const route = { zone, reason: 'continued-there', remoteName, modelName } as const;
  return { route, remoteId, isAsked: decision.isAsked, others: [] };
}
