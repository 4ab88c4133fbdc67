import type Electron from 'electron';
import { shownName } from '../guards/shown-name.ts';
import type { DesktopNews, FinishedWork } from '../platform/desktop.ts';
import type { WindowRequest } from '../shared/desktop.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Words } from '../shared/words.ts';

/** Those that are still on the screen; the oldest is taken away for one more. */
const shownLimit = 5;

/** What a notification says, and what a click on it shows. */
type Shown = { readonly title: string; readonly body: string; readonly request: WindowRequest };

/** As `Shown`, of one piece of news. What somebody asked is said to nobody who only looks at the screen. */
export function notificationFor(news: DesktopNews, t: Words): Shown {
  if (news.kind !== 'waiting') return finishedFor(news, t);
  const request = { type: 'show-conversation', conversationId: news.conversationId } as const;
  return { title: t('menu:notify.waiting'), body: t('menu:notify.waitingText'), request };
}

function finishedFor(work: FinishedWork, t: Words): Shown {
  const body = shownName(work.name);
  switch (work.kind) {
    case 'summary':
      return {
        title: t(work.isFailed ? 'menu:notify.summaryFailed' : 'menu:notify.summaryDone'),
        body,
        request: { type: 'show-page', page: 'summaries' },
      };
    case 'indexing':
      return {
        title: t(work.isFailed ? 'menu:notify.indexingFailed' : 'menu:notify.indexingDone'),
        body,
        request: { type: 'show-page', page: 'documents' },
      };
    case 'download':
      return {
        title: t(work.isFailed ? 'menu:notify.downloadFailed' : 'menu:notify.downloadDone'),
        body,
        request: { type: 'show-page', page: 'models' },
      };
    default:
      return assertNever(work.kind);
  }
}

/** What notifications need. */
export type NotificationParts = Pick<typeof Electron, 'Notification'> & {
  /** A window of the app is in front, so that a person sees it there. */
  readonly isInFront: () => boolean;
  readonly show: (request: WindowRequest) => void;
};

/** Tells of long work that has ended, and of what waits for a person. */
export interface Notifications {
  readonly canNotify: boolean;
  notify(news: DesktopNews, t: Words): void;
  /** Takes those away that still show: a click on one would have nothing to open. */
  close(): void;
}

/** Makes it; shows nothing yet. Only after Electron is ready. */
export function createNotifications({ Notification, isInFront, show }: NotificationParts): Notifications {
  // Electron forgets the click of one that nobody holds.
  const shown = new Set<Electron.Notification>();
  return {
    get canNotify() {
      return Notification.isSupported();
    },
    notify(news, t) {
      if (isInFront() || !Notification.isSupported()) return;
      const { title, body, request } = notificationFor(news, t);
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', () => {
        shown.delete(notification);
        show(request);
      });
      notification.on('close', () => shown.delete(notification));
      notification.on('failed', () => shown.delete(notification));
      notification.show();
      const [oldest] = shown;
      if (shown.size <= shownLimit || oldest === undefined) return;
      shown.delete(oldest);
      oldest.close();
    },
    close() {
      for (const notification of shown) notification.close();
      shown.clear();
    },
  };
}
