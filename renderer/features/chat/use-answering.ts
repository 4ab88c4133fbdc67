import { useMutation } from '@tanstack/react-query';
import type { ConversationOptionsPatch } from '../../../electron/shared/conversation.ts';
import type { ConversationId, RunId } from '../../../electron/shared/ids.ts';
import type { PlaceChoice } from '../../../electron/shared/route.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { isEmptyScope } from '../../../electron/shared/search-scope.ts';
import type { SearchScope } from '../../../electron/shared/search-scope.ts';
import { useApi } from '../../api/api-context.tsx';
import type { Api } from '../../api/api-context.tsx';

export type Question = {
  readonly text: string;
  /** What a new conversation is about, nothing when left out; one that exists knows it itself. */
  readonly scope?: SearchScope;
  /** What the conversation does differently from now on. */
  readonly options?: ConversationOptionsPatch;
  /** Where it is answered; without it the rules decide. */
  readonly choice?: PlaceChoice;
};

async function showGrown(api: Api, id: ConversationId, runId: RunId): Promise<void> {
  const { query, queryClient, runs } = api;
  runs.follow(runId);
  await queryClient.fetchQuery({ ...query.conversations.open.queryOptions({ input: { id } }), staleTime: 0 });
  void queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
  void queryClient.invalidateQueries({ queryKey: query.conversations.outline.key({ input: { id } }) });
}

/** The changes of one conversation that a question depends on: it waits for those that were made before it. */
export const inOrder = (id: ConversationId | null): { readonly id: string } => ({ id: `conversation ${id ?? 'new'}` });

async function targetOf({ client }: Api, id: ConversationId | null, options: Question['options'], scope: SearchScope) {
  if (options === undefined) return id;
  if (id !== null) {
    await client.conversations.setOptions({ id, options });
    return id;
  }
  const { documentIds, collectionIds } = scope;
  const made = { documentIds: [...documentIds], collectionIds: [...collectionIds], options };
  return (await client.conversations.create(made)).id;
}

/**
 * What a question of a conversation is asked of, as it is kept: somebody who types fast sends before the page knows
 * the conversation, and a question for a collection may not be answered from nowhere.
 */
async function keptScope({ query, queryClient }: Api, id: ConversationId): Promise<SearchScope> {
  const options = query.conversations.open.queryOptions({ input: { id } });
  return (await queryClient.fetchQuery({ ...options, staleTime: Number.POSITIVE_INFINITY })).conversation;
}

/** Sends a turn of a conversation, or the first of a new one, and has its answer followed. */
export async function sendQuestion(api: Api, conversationId: ConversationId | null, question: Question) {
  const { client } = api;
  const scope =
    conversationId === null
      ? (question.scope ?? { documentIds: [], collectionIds: [] })
      : await keptScope(api, conversationId);
  const id = await targetOf(api, conversationId, question.options, scope);
  const chosen = question.choice === undefined ? {} : { choice: question.choice };
  const target = { ...(id === null ? {} : { conversationId: id }), ...chosen };
  const { text } = question;
  const { documentIds, collectionIds } = scope;
  const ask = () =>
    isEmptyScope(scope)
      ? client.chat.send({ ...target, text })
      : client.answers.ask({
          ...target,
          scope: { documentIds: [...documentIds], collectionIds: [...collectionIds] },
          question: text,
        });
  const started = await ask().catch(async (error: unknown) => {
    // One that was made for a question that was refused would stand empty in the list.
    if (conversationId === null && id !== null) await client.conversations.remove({ id }).catch(() => undefined);
    throw error;
  });
  await showGrown(api, started.conversationId, started.runId);
  return started;
}

export function useSend(conversationId: ConversationId | null) {
  const api = useApi();
  return useMutation({
    scope: inOrder(conversationId),
    mutationFn: (question: Question) => sendQuestion(api, conversationId, question),
  });
}

/** Answers a question again, on a branch beside the old answer. */
export function useRetry(conversationId: ConversationId, isAboutDocuments: boolean) {
  const api = useApi();
  return useMutation({
    mutationFn: async ({ answer, choice }: { readonly answer: Message; readonly choice?: PlaceChoice }) => {
      const isGrounded = isAboutDocuments || answer.parts.some(({ type }) => type === 'citation');
      const retry = isGrounded ? api.client.answers.retry : api.client.chat.retry;
      const { runId } = await retry({ answerId: answer.id, ...(choice === undefined ? {} : { choice }) });
      await showGrown(api, conversationId, runId);
    },
  });
}

/** Asks in other words, on a branch beside the old question. */
export function useEdit(conversationId: ConversationId) {
  const api = useApi();
  return useMutation({
    mutationFn: async ({ question, text }: { readonly question: Message; readonly text: string }) => {
      const { runId } = await api.client.chat.edit({ questionId: question.id, text });
      await showGrown(api, conversationId, runId);
    },
  });
}

/** Lets an answer that did not come to its end go on; the same message grows. */
export function useContinue(conversationId: ConversationId) {
  const api = useApi();
  return useMutation({
    mutationFn: async (answer: Message) => {
      const { runId } = await api.client.chat.continue({ answerId: answer.id });
      await showGrown(api, conversationId, runId);
    },
  });
}

export function useStop() {
  const { query } = useApi();
  return useMutation(query.runs.stop.mutationOptions());
}
