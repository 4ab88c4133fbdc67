import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Collection, LibraryFile, LibraryFileStatus } from '../../../electron/shared/library.ts';
import { useApi } from '../../api/api-context.tsx';

export type FileFilter = { readonly query: string; readonly status: LibraryFileStatus | null };

/** Files that are asked for at once. */
const blockSize = 100;

/** The files of a collection in the rows `first` to `last`; asked for again when the collection says that it changed. */
export function useCollectionFiles(
  collection: Collection,
  { query: wanted, status }: FileFilter,
  { first, last }: { readonly first: number; readonly last: number },
): {
  /** Files that fit the filter; null until first heard. */
  readonly total: number | null;
  readonly error: unknown;
  readonly at: (index: number) => LibraryFile | undefined;
} {
  const { query, queryClient } = useApi();
  const { id, counts, sources } = collection;
  const firstBlock = Math.floor(first / blockSize);
  const blocks = Array.from({ length: Math.floor(last / blockSize) - firstBlock + 1 }, (_, step) => firstBlock + step);
  const answers = useQueries({
    queries: blocks.map((block) => ({
      ...query.library.files.queryOptions({
        input: { collectionId: id, query: wanted, status, offset: block * blockSize, limit: blockSize },
      }),
      placeholderData: keepPreviousData,
    })),
  });
  const revision = JSON.stringify([counts, sources.length]);
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: query.library.files.key() });
  }, [queryClient, query, revision]);
  return {
    total: answers.find(({ data }) => data !== undefined)?.data?.total ?? null,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    at: (index) => {
      const block = Math.floor(index / blockSize);
      return answers[block - firstBlock]?.data?.files[index - block * blockSize];
    },
  };
}
