import { useMutation } from '@tanstack/react-query';
import { useAskAbout, useStartSummary } from '../../api/use-document-work.ts';
import { useAddDocument, useImportModel } from '../../api/use-files.ts';
import type { Destination } from '../../lib/destination.ts';
import { isModelFile } from '../../lib/file-kinds.ts';

export type FileChoice = 'summarise' | 'ask' | 'import';

/** The choice that a zone stands for; null when the files were dropped beside the zones. */
export function fileChoiceOf(value: string | undefined): FileChoice | null {
  return value === 'summarise' || value === 'ask' || value === 'import' ? value : null;
}

/** What fits these files, the likeliest first. */
export function choicesFor(files: readonly File[]): readonly FileChoice[] {
  return files.every(({ name }) => isModelFile(name)) ? ['import'] : ['summarise', 'ask'];
}

/** Does what was chosen and says where its result is. */
export function useFileWork() {
  const add = useAddDocument();
  const importModel = useImportModel();
  const startSummary = useStartSummary();
  const askAbout = useAskAbout();
  return useMutation({
    mutationFn: async ({
      files,
      choice,
    }: {
      readonly files: readonly File[];
      readonly choice: FileChoice;
    }): Promise<Destination> => {
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
      const [first] = started;
      return first !== undefined && started.length === 1
        ? { page: 'summary', summaryId: first.summaryId }
        : { page: 'summaries' };
    },
  });
}
