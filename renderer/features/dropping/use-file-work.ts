import { useRef, useState } from 'react';
import { AppError } from '../../../electron/shared/app-error.ts';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import type { CollectionId, DocumentId, FolderTicket, SummaryId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import type { Door } from '../../api/door.ts';
import { toFailure } from '../../api/failure.ts';
import { ticketOf } from '../../api/held-file.ts';
import type { HandedFile } from '../../api/held-file.ts';
import { useAskAbout, useStartSummary } from '../../api/use-document-work.ts';
import { useAddDocument, useImportModel } from '../../api/use-files.ts';
import { useImportChats } from '../../api/use-transfer.ts';
import type { Destination } from '../../lib/destination.ts';
import { isModelFile } from '../../lib/file-kinds.ts';
import type { FileChoice, OfferedFiles, OfferedFolder } from './file-work.ts';

/** One file or folder on its way. */
export type WorkItem = {
  /** Place among the items; two files from two folders may have one name. */
  readonly position: number;
  readonly name: string;
  readonly state: 'waiting' | 'working' | 'done' | 'failed';
  /** Why it failed. */
  readonly error: AppErrorData | null;
};

/** What is being done with the files, one after the other. */
export type FileWork = {
  readonly items: readonly WorkItem[];
  readonly isRunning: boolean;
  /** Where the result is, once there is one. */
  readonly destination: Destination | null;
};

/** Where files go that are added to a collection: one that exists, or a new one by its name. */
export type WantedCollection = { readonly id: CollectionId } | { readonly newName: string };

type Step = { readonly name: string; readonly take: () => Promise<unknown> };
/** `end` is called once all steps were tried, with how many of them went well. */
type Plan = { readonly steps: readonly Step[]; readonly end: (done: number) => Promise<Destination | null> };

const stepsOf = (files: readonly HandedFile[], take: (file: HandedFile) => Promise<unknown>): readonly Step[] =>
  files.map((file) => ({ name: file.name, take: () => take(file) }));
const documentsOf = (files: readonly HandedFile[]): readonly HandedFile[] =>
  files.filter(({ name }) => !isModelFile(name));

/** Folders are offered only where the door has tickets for them, or where they have one already. */
async function folderTicketOf(door: Door, folder: OfferedFolder): Promise<FolderTicket> {
  if ('ticket' in folder) return folder.ticket;
  if (folder.file === null || door.folderTicketFor === undefined) throw new AppError('file/not-found', 'No folder.');
  return await door.folderTicketFor(folder.file);
}

/** The steps into a collection. */
function useCollectPlan() {
  const { door, client, query, queryClient } = useApi();
  return async ({ files, folders }: OfferedFiles, wanted: WantedCollection): Promise<Plan> => {
    const { id } = 'id' in wanted ? wanted : await client.library.create({ name: wanted.newName });
    const take = async (file: HandedFile): Promise<void> => {
      await client.library.addFile({ id, ticket: await ticketOf(door, file) });
    };
    const followed = folders.map((folder) => ({
      name: folder.name,
      take: async () => client.library.addFolder({ id, ticket: await folderTicketOf(door, folder) }),
    }));
    const end: Plan['end'] = async () => {
      await queryClient.invalidateQueries({ queryKey: query.library.list.key() });
      return { page: 'documents', collectionId: id };
    };
    return { steps: [...followed, ...stepsOf(documentsOf(files), take)], end };
  };
}

/** The steps for each choice. */
function usePlans() {
  const collect = useCollectPlan();
  const add = useAddDocument();
  const importModel = useImportModel();
  const importChats = useImportChats();
  const startSummary = useStartSummary();
  const askAbout = useAskAbout();
  const summarise = ({ files }: OfferedFiles): Plan => {
    const begun: SummaryId[] = [];
    const take = async (file: HandedFile): Promise<void> => {
      const { id } = await add.mutateAsync(file);
      begun.push((await startSummary.mutateAsync({ documentId: id })).summaryId);
    };
    const end: Plan['end'] = async () => {
      const [only] = begun;
      return only !== undefined && begun.length === 1 ? { page: 'summary', summaryId: only } : { page: 'summaries' };
    };
    return { steps: stepsOf(documentsOf(files), take), end };
  };
  const ask = ({ files }: OfferedFiles): Plan => {
    const found: DocumentId[] = [];
    const take = async (file: HandedFile): Promise<void> => {
      found.push((await add.mutateAsync(file)).id);
    };
    const end: Plan['end'] = async () => {
      const { id } = await askAbout.mutateAsync(found);
      return { page: 'chat', conversationId: id };
    };
    return { steps: stepsOf(documentsOf(files), take), end };
  };
  return async (offered: OfferedFiles, choice: FileChoice, wanted: WantedCollection | null): Promise<Plan> => {
    switch (choice) {
      case 'summarise':
        return summarise(offered);
      case 'ask':
        return ask(offered);
      case 'collect':
        return wanted === null ? { steps: [], end: async () => null } : collect(offered, wanted);
      case 'import':
        return {
          steps: stepsOf(offered.files, (file) => importModel.mutateAsync(file)),
          end: async () => ({ page: 'models' }),
        };
      case 'chats': {
        const [file] = offered.files;
        // Its progress and its report have a place of their own, above all pages.
        if (file !== undefined) importChats.mutate({ file, cancelling: new AbortController() });
        return { steps: [], end: async () => null };
      }
    }
  };
}

/** Takes file after file; one that fails is named, and the others go on. */
export function useFileWork(onDone: (destination: Destination | null) => void) {
  const planFor = usePlans();
  const [work, setWork] = useState<FileWork | null>(null);
  const [error, setError] = useState<AppErrorData | null>(null);
  const isStopped = useRef(false);
  const start = async (
    offered: OfferedFiles,
    choice: FileChoice,
    wanted: WantedCollection | null = null,
  ): Promise<void> => {
    isStopped.current = false;
    try {
      const { steps, end } = await planFor(offered, choice, wanted);
      setError(null);
      const items: WorkItem[] = steps.map(({ name }, position) => ({ position, name, state: 'waiting', error: null }));
      const show = (isRunning: boolean, destination: Destination | null = null): void =>
        setWork({ items: [...items], isRunning, destination });
      for (const [position, { name, take }] of steps.entries()) {
        if (isStopped.current) break;
        items[position] = { position, name, state: 'working', error: null };
        show(true);
        items[position] = await take().then(
          () => ({ position, name, state: 'done', error: null }) as const,
          (thrown: unknown) => ({ position, name, state: 'failed', error: toFailure(thrown) }) as const,
        );
      }
      const done = items.filter(({ state }) => state === 'done').length;
      const isLost = steps.length > 0 && done === 0;
      const destination = isLost ? null : await end(done);
      if (items.some(({ state }) => state === 'failed')) show(false, destination);
      else onDone(destination);
    } catch (thrown) {
      setWork(null);
      setError(toFailure(thrown));
    }
  };
  return {
    work,
    error,
    start,
    /** No further file is begun; what was taken stays. */
    stop: () => {
      isStopped.current = true;
    },
  };
}
