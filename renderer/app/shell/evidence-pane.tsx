import { Dialog } from '@base-ui/react/dialog';
import { useTranslation } from 'react-i18next';
import { EvidenceColumn } from '../../features/evidence/evidence-column.tsx';
import type { EvidenceTarget } from '../../lib/evidence.ts';
import { useMedia } from '../../lib/use-media.ts';

type EvidencePaneProps = {
  readonly target: EvidenceTarget | null;
  readonly onOpen: (target: EvidenceTarget) => void;
  readonly onClose: () => void;
};

/** The third column; in a narrow window, a sheet over the second. */
export function EvidencePane({ target, onOpen, onClose }: EvidencePaneProps) {
  const { t } = useTranslation();
  const isWide = useMedia('(min-width: 1080px)');
  const column = target === null ? null : <EvidenceColumn target={target} onOpen={onOpen} onClose={onClose} />;
  if (isWide) {
    if (column === null) return null;
    return (
      // Escape closes the column from wherever in it the focus is.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      <aside
        data-landmark
        tabIndex={-1}
        aria-label={t('evidence.label')}
        className="w-[clamp(360px,34vw,620px)] shrink-0 border-l border-hairline bg-side"
        onKeyDown={(event) => (event.key === 'Escape' ? onClose() : undefined)}
      >
        {column}
      </aside>
    );
  }
  return (
    <Dialog.Root open={target !== null} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop fixed inset-0 z-30 bg-black/30" />
        <Dialog.Popup
          aria-label={t('evidence.label')}
          className="sheet sheet-end fixed inset-y-0 right-0 z-40 w-[min(620px,100vw)] bg-side shadow-float outline-none"
        >
          {column}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
