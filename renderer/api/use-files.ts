import { useMutation } from '@tanstack/react-query';
import type { DocumentDescription } from '../../electron/shared/document.ts';
import type { RunId } from '../../electron/shared/ids.ts';
import { useApi } from './api-context.tsx';
import { ticketOf } from './held-file.ts';
import type { HandedFile } from './held-file.ts';

/** Hands a file to the app as a document; the same bytes twice are one document. */
export function useAddDocument() {
  const { door, client, query, queryClient } = useApi();
  return useMutation({
    mutationFn: async (file: HandedFile): Promise<DocumentDescription> =>
      client.documents.add({ ticket: await ticketOf(door, file) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: query.documents.list.key() }),
  });
}

/** Hands a text over as a document, for what never was a file: the desktop's page can name files only. */
export function useAddText() {
  const { client, query, queryClient } = useApi();
  return useMutation({
    mutationFn: async (file: { readonly name: string; readonly text: string }): Promise<DocumentDescription> => {
      const { ticket } = await client.files.ticketForText(file);
      return client.documents.add({ ticket });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: query.documents.list.key() }),
  });
}

/** Under this key every part of the window finds the imports of this session. */
export const importKey = ['import-model'];

/** Checks a model file and copies it into the model folder, as a run that every page can show. */
export function useImportModel() {
  const { door, client, runs } = useApi();
  return useMutation({
    mutationKey: importKey,
    mutationFn: async (file: HandedFile): Promise<RunId> => {
      const ticket = await ticketOf(door, file);
      const { runId } = await client.models.import({ ticket });
      runs.follow(runId);
      return runId;
    },
  });
}
