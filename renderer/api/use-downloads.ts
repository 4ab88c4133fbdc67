import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Download } from '../../electron/shared/download.ts';
import { useApi } from './api-context.tsx';
import { useModelsChanged } from './use-models.ts';

const live = {
  retry: true,
  retryDelay: 500,
  staleTime: 0,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** Models on their way, the newest state of each; undefined until first heard. */
export function useDownloads(): readonly Download[] | undefined {
  const { query } = useApi();
  return useQuery(query.downloads.watch.experimental_liveOptions(live)).data;
}

/** What can be done to downloads. */
export function useDownloadCalls() {
  const { query } = useApi();
  return {
    start: useMutation(query.downloads.start.mutationOptions()),
    pause: useMutation(query.downloads.pause.mutationOptions()),
    resume: useMutation(query.downloads.resume.mutationOptions()),
    cancel: useMutation(query.downloads.cancel.mutationOptions()),
  };
}

/**
 * Calls back once for each download that ends while the window is open, and has the lists of models asked for again.
 * What had ended before is no news.
 */
export function useDownloadNews(onEnd: (download: Download) => void): void {
  const downloads = useDownloads();
  const changed = useModelsChanged();
  const seen = useRef<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    if (downloads === undefined) return;
    const before = seen.current;
    seen.current = new Map(downloads.map(({ id, state }) => [id, state]));
    if (before === null) return;
    const ended = downloads.filter(
      ({ id, state }) => (state === 'done' || state === 'failed') && before.get(id) !== state,
    );
    if (ended.some(({ state }) => state === 'done')) changed();
    for (const download of ended) onEnd(download);
  }, [downloads, changed, onEnd]);
}
