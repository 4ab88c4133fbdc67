import { useMutation } from '@tanstack/react-query';
import { useAskAbout, useStartSummary } from '../../api/use-document-work.ts';
import { useAddDocument, useImportModel } from '../../api/use-files.ts';
import { useImportChats } from '../../api/use-transfer.ts';
import type { Destination } from '../../lib/destination.ts';
import { isArchive, isChatsFile, isModelFile } from '../../lib/file-kinds.ts';

export type FileChoice = 'summarise' | 'ask' | 'import' | 'chats';

/** The choice that a zone stands for; null when the files were dropped beside the zones. */
export function fileChoiceOf(value: string | undefined): FileChoice | null {
  return value === 'summarise' || value === 'ask' || value === 'import' || value === 'chats' ? value : null;
}

/** What fits these files, the likeliest first. */
export function choicesFor(files: readonly File[]): readonly FileChoice[] {
  if (files.every(({ name }) => isModelFile(name))) return ['import'];
  // An archive is never a document to read; a JSON file may be either.
  if (files.length === 1 && files.every(({ name }) => isArchive(name))) return ['chats'];
  return files.length === 1 && files.every(({ name }) => isChatsFile(name))
    ? ['chats', 'summarise', 'ask']
    : ['summarise', 'ask'];
}

/** Does what was chosen and says where its result is; null where that shows itself. */
export function useFileWork() {
  const add = useAddDocument();
  const importModel = useImportModel();
  const importChats = useImportChats();
  const startSummary = useStartSummary();
  const askAbout = useAskAbout();
  return useMutation({
    mutationFn: async ({
      files,
      choice,
    }: {
      readonly files: readonly File[];
      readonly choice: FileChoice;
    }): Promise<Destination | null> => {
      const [first] = files;
      if (choice === 'chats') {
        // Its progress and its report have a place of their own, above all pages.
        if (first !== undefined) importChats.mutate({ file: first, cancelling: new AbortController() });
        return null;
      }
      if (choice === 'import') {
        for (const file of files) await importModel.mutateAsync(file);
        return { page: 'models' };
      }
      const documents = [];
      for (const file of files.filter(({ name }) => !isModelFile(name))) documents.push(await add.mutateAsync(file));
      if (choice === 'ask') {
        const { id } = await askAbout.mutateAsync(documents.map((document) => document.id));
        return { page: 'chat', conversationId: id };
      }
      const started = [];
      for (const document of documents) started.push(await startSummary.mutateAsync({ documentId: document.id }));
      const [begun] = started;
      return begun !== undefined && started.length === 1
        ? { page: 'summary', summaryId: begun.summaryId }
        : { page: 'summaries' };
    },
  });
}
