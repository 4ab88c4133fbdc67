import { useMutation, useQuery } from '@tanstack/react-query';
import type { DocumentReading } from '../../electron/shared/document.ts';
import type { CollectionId, FolderTicket } from '../../electron/shared/ids.ts';
import type { Collection, LibraryProgress } from '../../electron/shared/library.ts';
import { useApi } from './api-context.tsx';

const live = {
  retry: true,
  retryDelay: 500,
  staleTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** All collections as they are now; undefined until first heard. */
export function useCollections(): readonly Collection[] | undefined {
  const { query } = useApi();
  return useQuery(query.library.watch.experimental_liveOptions(live)).data;
}

/** How far the reading of all collections is; undefined until first heard. */
export function useLibraryProgress(): LibraryProgress | undefined {
  const { query } = useApi();
  return useQuery(query.library.watchProgress.experimental_liveOptions(live)).data;
}

/** The files that a person waits for and how far each is: a scan takes minutes. */
export function useReading(): readonly DocumentReading[] {
  const { query } = useApi();
  return useQuery(query.documents.watchReading.experimental_liveOptions(live)).data ?? [];
}

/** Begins a conversation whose questions are asked of a collection. */
export function useAskCollection() {
  const { client, query, queryClient } = useApi();
  return useMutation({
    mutationFn: async (id: CollectionId) => {
      const conversation = await client.conversations.create({ documentIds: [], collectionIds: [id] });
      await queryClient.invalidateQueries({ queryKey: query.conversations.list.key() });
      return conversation;
    },
  });
}

/** Adds files and folders of the user's to a collection. */
export function useAddToCollection() {
  const { door, client } = useApi();
  const addFiles = useMutation({
    mutationFn: async ({ id, files }: { readonly id: CollectionId; readonly files: readonly File[] }) => {
      for (const file of files) {
        const { ticket } = await door.ticketFor(file);
        await client.library.addFile({ id, ticket });
      }
    },
  });
  const addFolder = useMutation({
    mutationFn: ({ id, ticket }: { readonly id: CollectionId; readonly ticket: FolderTicket }) =>
      client.library.addFolder({ id, ticket }),
  });
  return { addFiles, addFolder };
}
