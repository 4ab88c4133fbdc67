import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationIdSchema } from '../../../electron/shared/ids.ts';
import type { PreviewId } from '../../../electron/shared/ids.ts';
import { useSettings } from '../../api/use-live.ts';
import { AccessNotices } from '../../features/access/access-notices.tsx';
import { PreviewDialog } from '../../features/cloud/preview-dialog.tsx';
import { ModelConsent } from '../../features/privacy/model-consent.tsx';
import { StatusLine } from '../../features/status/status-line.tsx';
import { GoContext, pathOf } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { EvidenceContext } from '../../lib/evidence.ts';
import { OpenLinkContext } from '../../lib/external-link.ts';
import { LockContext } from '../../lib/lock.ts';
import { OpenPaletteContext } from '../../lib/palette.ts';
import { PreviewDialogContext } from '../../lib/preview-dialog.ts';
import { useLandmarkKeys } from '../../lib/use-landmark-keys.ts';
import { ChooseFileContext } from './choose-file.ts';
import { EvidencePane } from './evidence-pane.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { MainHeader } from './main-header.tsx';
import { SearchWordsContext } from './search-words.ts';
import { SidePane } from './side-pane.tsx';
import { useArrival } from './use-arrival.ts';
import { useDownloadNotes } from './use-download-notes.ts';
import { useEvidencePane } from './use-evidence-pane.ts';
import { useShellLayers } from './use-shell-layers.tsx';

const drawPreview = (id: PreviewId) => <PreviewDialog key={id} previewId={id} />;

/** The frame of every page, and the way from each to the others. */
export function Shell() {
  const { history } = useRouter();
  const [address, setAddress] = useState<string | null>(null);
  const [searched, setSearched] = useState({ query: '', turn: 0 });
  const go = useCallback(
    (to: Destination) => {
      if (to.page === 'search') setSearched(({ turn }) => ({ query: to.query, turn: turn + 1 }));
      // Who listens to the address is told of a change of it, and not of the router's.
      if (to.page === 'quick-ask') window.location.hash = pathOf(to);
      else history.push(pathOf(to));
      // Who is there already arrives nowhere; wherever else, the arrival moves the focus once more.
      if (to.page === 'new-chat') document.querySelector<HTMLElement>('[data-composer]')?.focus();
    },
    [history],
  );
  const remember = useCallback((query: string) => setSearched(({ turn }) => ({ query, turn })), []);
  const words = useMemo(() => ({ ...searched, remember }), [searched, remember]);
  return (
    <GoContext value={go}>
      <SearchWordsContext value={words}>
        <OpenLinkContext value={setAddress}>
          <ModelConsent>
            <PreviewDialogContext value={drawPreview}>
              <Frame />
            </PreviewDialogContext>
          </ModelConsent>
          <LinkDialog address={address} onClose={() => setAddress(null)} />
        </OpenLinkContext>
      </SearchWordsContext>
    </GoContext>
  );
}

/** Side bar, reading column, evidence, the line at the foot. */
function Frame() {
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const conversationId = conversationIdSchema.safeParse(/^\/chats\/(.+)$/.exec(pathname)?.[1]).data ?? null;
  const [isSideOpen, setSideOpen] = useState(false);
  const isFirstStartDone = useSettings()?.isFirstStartDone ?? false;
  const evidence = useEvidencePane(pathname);
  const { openPalette, chooseFile, lock, layers } = useShellLayers(pathname);
  useArrival(pathname);
  useLandmarkKeys();
  useDownloadNotes();
  return (
    <EvidenceContext value={evidence.actions}>
      <ChooseFileContext value={chooseFile}>
        <OpenPaletteContext value={openPalette}>
          <LockContext value={lock}>
            <SkipLink />
            <div className="flex h-full flex-col">
              <div className="flex min-h-0 flex-1">
                <SidePane
                  pathname={pathname}
                  currentId={conversationId}
                  isOpen={isSideOpen}
                  onOpenChange={setSideOpen}
                />
                <main id="main" data-landmark tabIndex={-1} className="flex min-w-0 flex-1 flex-col">
                  <MainHeader conversationId={conversationId} onOpenSide={() => setSideOpen(true)} />
                  <AccessNotices asksToChoose={isFirstStartDone} />
                  <div className="min-h-0 flex-1">
                    <Outlet />
                  </div>
                </main>
                <EvidencePane target={evidence.target} onOpen={evidence.actions.open} onClose={evidence.close} />
              </div>
              <StatusLine currentId={conversationId} />
            </div>
            {layers}
          </LockContext>
        </OpenPaletteContext>
      </ChooseFileContext>
    </EvidenceContext>
  );
}

function SkipLink() {
  const { t } = useTranslation();
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
      onClick={skipToMain}
    >
      {t('shell.skip')}
    </a>
  );
}

/** The fragment of the address is the router's, so the skip link moves the focus itself. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
