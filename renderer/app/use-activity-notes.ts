import { useEffect } from 'react';
import { useApi } from '../api/api-context.tsx';

const leastIntervalMs = 30_000;

/** Tells the app that a person is there, so that the idle time begins anew; at most twice a minute. */
export function useActivityNotes(): void {
  const { client } = useApi();
  useEffect(() => {
    let notedAt = Number.NEGATIVE_INFINITY;
    const note = (): void => {
      const now = performance.now();
      if (now - notedAt < leastIntervalMs) return;
      notedAt = now;
      // A note that is lost with the line costs nothing: the next one follows.
      client.access.noteActivity().catch(() => undefined);
    };
    window.addEventListener('keydown', note, { capture: true, passive: true });
    window.addEventListener('pointerdown', note, { capture: true, passive: true });
    window.addEventListener('wheel', note, { capture: true, passive: true });
    return () => {
      window.removeEventListener('keydown', note, { capture: true });
      window.removeEventListener('pointerdown', note, { capture: true });
      window.removeEventListener('wheel', note, { capture: true });
    };
  }, [client]);
}
