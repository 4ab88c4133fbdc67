import { useMutation, useMutationState } from '@tanstack/react-query';
import type { MutationState } from '@tanstack/react-query';
import type { ConversationId } from '../../electron/shared/ids.ts';
import type { ExportFormat, ImportReport } from '../../electron/shared/transfer.ts';
import { ticketOf } from './held-file.ts';
import type { HandedFile } from './held-file.ts';
import { saveFile } from './save-file.ts';
import { useApi } from './api-context.tsx';

type Cancellable = { readonly cancelling: AbortController };
type ExportRequest = Cancellable & {
  /** Null: all of them. */
  readonly conversationIds: readonly ConversationId[] | null;
  readonly format: ExportFormat;
};
type ImportRequest = Cancellable & { readonly file: HandedFile };

const exportKey = ['export-chats'];
const importKey = ['import-chats'];

const contentTypes = {
  markdown: 'text/markdown;charset=utf-8',
  json: 'application/json',
  html: 'text/html;charset=utf-8',
} as const;

/** Collects an export and saves it as files of the user's; resolves with their names. */
export function useExportChats() {
  const { client } = useApi();
  return useMutation({
    mutationKey: exportKey,
    mutationFn: async ({ conversationIds, format, cancelling: { signal } }: ExportRequest) => {
      const files = new Map<string, string[]>();
      const request = { conversationIds: conversationIds && [...conversationIds], format };
      for await (const { fileName, text } of await client.transfer.export(request, { signal })) {
        const parts = files.get(fileName) ?? [];
        parts.push(text);
        files.set(fileName, parts);
      }
      // A cancelled export ends like a finished one, with less in it.
      signal.throwIfAborted();
      for (const [name, parts] of files) saveFile(name, parts, contentTypes[format]);
      return [...files.keys()];
    },
  });
}

/** Takes in the conversations of a file. */
export function useImportChats() {
  const { door, client, query, queryClient } = useApi();
  return useMutation({
    mutationKey: importKey,
    mutationFn: async ({ file, cancelling: { signal } }: ImportRequest): Promise<ImportReport> => {
      const ticket = await ticketOf(door, file);
      signal.throwIfAborted();
      return client.transfer.import({ ticket }, { signal });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: query.conversations.key() }),
  });
}

/** The newest export of this window, wherever in it it was begun; undefined before the first. */
export function useExportState(): MutationState<readonly string[], Error, ExportRequest> | undefined {
  // The only mutation under this key is the one above.
  return useMutationState({
    filters: { mutationKey: exportKey },
    select: ({ state }) => state as MutationState<readonly string[], Error, ExportRequest>,
  }).at(-1);
}

/** The newest import of chats in this window; undefined before the first. */
export function useImportChatsState(): MutationState<ImportReport, Error, ImportRequest> | undefined {
  // The only mutation under this key is the one above.
  return useMutationState({
    filters: { mutationKey: importKey },
    select: ({ state }) => state as MutationState<ImportReport, Error, ImportRequest>,
  }).at(-1);
}
