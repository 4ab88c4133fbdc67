import { useCallback, useMemo, useRef, useState } from 'react';
import type { EvidenceActions, EvidenceTarget } from '../../lib/evidence.ts';

type Shown = { readonly target: EvidenceTarget; readonly pathname: string };

/** What the third column shows. It belongs to the page that opened it, and closing it returns the focus there. */
export function useEvidencePane(pathname: string): {
  readonly target: EvidenceTarget | null;
  readonly actions: EvidenceActions;
  readonly close: () => void;
} {
  const [shown, setShown] = useState<Shown | null>(null);
  const opener = useRef<Element | null>(null);
  const open = useCallback(
    (target: EvidenceTarget) => {
      opener.current ??= document.activeElement;
      setShown({ target, pathname });
    },
    [pathname],
  );
  const close = useCallback(() => {
    setShown(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
    opener.current = null;
  }, []);
  const actions = useMemo(() => ({ open }), [open]);
  return { target: shown?.pathname === pathname ? shown.target : null, actions, close };
}
