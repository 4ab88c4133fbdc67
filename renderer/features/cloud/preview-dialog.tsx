import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewChoice } from '../../../electron/shared/cloud-preview.ts';
import type { PreviewId } from '../../../electron/shared/ids.ts';
import { toFailure } from '../../api/failure.ts';
import { usePreview } from '../../api/use-cloud.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PreviewContent } from './preview-content.tsx';
import { PreviewFacts } from './preview-facts.tsx';

type Previewing = ReturnType<typeof usePreview>;

/** What the last change failed with. One that went well takes an older failure away. */
function failureOf({ redactMore, edit, decide, error }: Previewing): Error | null {
  return error ?? decide.error ?? redactMore.error ?? edit.error;
}

function useDeciding(id: PreviewId, previewing: Previewing) {
  const { decide, redactMore, edit, error } = previewing;
  const [isClosed, setClosed] = useState(false);
  const isBusy = decide.isPending || redactMore.isPending || edit.isPending;
  return {
    isClosed,
    isBusy,
    choose: (choice: PreviewChoice): void => {
      // It waits for nobody any more: there is nothing left to decide.
      if (error !== null) return setClosed(true);
      if (decide.isPending) return;
      decide.mutate({ id, ...choice }, { onSuccess: () => setClosed(true) });
    },
    replace: (words: string, isRemembered: boolean): void => {
      edit.reset();
      redactMore.mutate({ id, words: [words], isRemembered });
    },
    put: (index: number, text: string): void => {
      redactMore.reset();
      edit.mutate({ id, turns: [{ index, text }] });
    },
  };
}

/** A request as it would leave, before it does: a person sends it, has it answered here, or leaves it. */
export function PreviewDialog({ previewId }: { readonly previewId: PreviewId }) {
  const { t } = useTranslation(['cloud', 'window']);
  const previewing = usePreview(previewId);
  const deciding = useDeciding(previewId, previewing);
  const popup = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const { preview } = previewing;
  const failure = failureOf(previewing);
  if (deciding.isClosed) return null;
  const leave = (isOpen: boolean): void => {
    const { activeElement, body } = document;
    // The question about a link lies above it, and has the Escape key to itself. What had the focus may be disabled by now.
    const isOurs = activeElement === body || popup.current?.contains(activeElement) === true;
    if (!isOpen && isOurs) deciding.choose({ decision: 'cancel' });
  };
  return (
    <AlertDialog.Root open onOpenChange={leave}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop fixed inset-0 z-40 bg-black/30" />
        <AlertDialog.Popup
          ref={popup}
          initialFocus={title}
          className="popup fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-24px)] w-[min(760px,calc(100vw-24px))] -translate-1/2 flex-col gap-3 overflow-y-auto rounded-lg bg-raised p-5 shadow-float outline-none"
        >
          <div>
            <AlertDialog.Title ref={title} tabIndex={-1} className="text-lg font-semibold outline-none">
              {t('preview.title')}
            </AlertDialog.Title>
            <AlertDialog.Description className="text-base text-soft">{t('preview.lead')}</AlertDialog.Description>
          </div>
          {preview === undefined && failure === null ? (
            <div aria-label={t('preview.loading')} role="status">
              <Skeleton lines={5} />
            </div>
          ) : null}
          {preview === undefined ? null : (
            <>
              <PreviewFacts preview={preview} />
              <PreviewContent
                preview={preview}
                isBusy={deciding.isBusy}
                onEdit={deciding.put}
                onReplace={deciding.replace}
              />
            </>
          )}
          {failure === null ? null : <FailureNotice error={toFailure(failure)} />}
          <Foot bodyHash={previewing.error === null ? (preview?.bodyHash ?? null) : null} deciding={deciding} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type FootProps = {
  /** Of what is on the screen; null while there is nothing that could be sent. */
  readonly bodyHash: string | null;
  readonly deciding: ReturnType<typeof useDeciding>;
};

function Foot({ bodyHash, deciding: { isBusy, choose } }: FootProps) {
  const { t } = useTranslation(['cloud', 'window']);
  const [isAlways, setAlways] = useState(false);
  return (
    <div className="sticky -bottom-5 -mx-5 -mb-5 flex flex-wrap items-center justify-end gap-2 border-t border-hairline bg-raised px-5 py-3">
      <label className="mr-auto flex min-h-8 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={isAlways}
          disabled={bodyHash === null}
          onChange={(event) => setAlways(event.currentTarget.checked)}
        />
        {t('preview.allow')}
      </label>
      <Button look="quiet" onClick={() => choose({ decision: 'cancel' })}>
        {t('window:action.cancel')}
      </Button>
      <Button disabled={bodyHash === null || isBusy} onClick={() => choose({ decision: 'local' })}>
        {t('preview.local')}
      </Button>
      <Button
        look="accent"
        disabled={bodyHash === null || isBusy}
        onClick={() => {
          if (bodyHash !== null) choose({ decision: 'send', bodyHash, isAlways });
        }}
      >
        {t('preview.send')}
      </Button>
    </div>
  );
}
