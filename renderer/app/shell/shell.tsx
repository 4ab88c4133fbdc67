import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationIdSchema } from '../../../electron/shared/ids.ts';
import { ConnectionRefused } from '../../features/status/connection-refused.tsx';
import { useFileOffer } from '../../features/dropping/use-file-offer.tsx';
import { StatusLine } from '../../features/status/status-line.tsx';
import { useConnectionState } from '../../api/use-live.ts';
import { GoContext, pathOf } from '../../lib/destination.ts';
import type { Destination } from '../../lib/destination.ts';
import { EvidenceContext } from '../../lib/evidence.ts';
import { OpenLinkContext } from '../../lib/external-link.ts';
import { useLandmarkKeys } from '../../lib/use-landmark-keys.ts';
import { ChooseFileContext } from './choose-file.ts';
import { EvidencePane } from './evidence-pane.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { MainHeader } from './main-header.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { SidePane } from './side-pane.tsx';
import { useArrival } from './use-arrival.ts';
import { useEvidencePane } from './use-evidence-pane.ts';

/** The frame of every page: side bar, reading column, evidence, the line at the foot. */
export function Shell() {
  const { t } = useTranslation();
  const router = useRouter();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const conversationId = conversationIdSchema.safeParse(/^\/chats\/(.+)$/.exec(pathname)?.[1]).data ?? null;
  const connection = useConnectionState();
  const go = useCallback((to: Destination) => router.history.push(pathOf(to)), [router]);
  const [address, setAddress] = useState<string | null>(null);
  const [isSideOpen, setSideOpen] = useState(false);
  const evidence = useEvidencePane(pathname);
  const { chooseFile, layer } = useFileOffer();
  useArrival(pathname);
  useLandmarkKeys();
  if (connection === 'refused') return <ConnectionRefused />;
  return (
    <GoContext value={go}>
      <OpenLinkContext value={setAddress}>
        <EvidenceContext value={evidence.actions}>
          <ChooseFileContext value={chooseFile}>
            <a
              href="#main"
              className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
              onClick={skipToMain}
            >
              {t('shell.skip')}
            </a>
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
                  <div className="min-h-0 flex-1">
                    <Outlet />
                  </div>
                </main>
                <EvidencePane target={evidence.target} onOpen={evidence.actions.open} onClose={evidence.close} />
              </div>
              <StatusLine />
            </div>
            {layer}
            <LinkDialog address={address} onClose={() => setAddress(null)} />
            <ShortcutsDialog />
          </ChooseFileContext>
        </EvidenceContext>
      </OpenLinkContext>
    </GoContext>
  );
}

/** The fragment of the address is the router's, so the skip link moves the focus itself. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
