import type Electron from 'electron';
import { shownName } from '../guards/shown-name.ts';
import type { FinishedWork } from '../platform/desktop.ts';
import type { WindowPage } from '../shared/desktop.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { Words } from '../shared/words.ts';

/** Those that are still on the screen; the oldest is taken away for one more. */
const shownLimit = 5;

/** What a notification says, and the page that a click on it shows. */
export function notificationFor(
  work: FinishedWork,
  t: Words,
): { readonly title: string; readonly body: string; readonly page: WindowPage } {
  const body = shownName(work.name);
  switch (work.kind) {
    case 'summary':
      return {
        title: t(work.isFailed ? 'menu:notify.summaryFailed' : 'menu:notify.summaryDone'),
        body,
        page: 'summaries',
      };
    case 'indexing':
      return {
        title: t(work.isFailed ? 'menu:notify.indexingFailed' : 'menu:notify.indexingDone'),
        body,
        page: 'documents',
      };
    case 'download':
      return {
        title: t(work.isFailed ? 'menu:notify.downloadFailed' : 'menu:notify.downloadDone'),
        body,
        page: 'models',
      };
    default:
      return assertNever(work.kind);
  }
}

/** What notifications need. */
export type NotificationParts = Pick<typeof Electron, 'Notification'> & {
  /** A window of the app is in front, so that a person sees it there. */
  readonly isInFront: () => boolean;
  readonly showPage: (page: WindowPage) => void;
};

/** Tells of long work that has ended. */
export interface Notifications {
  readonly canNotify: boolean;
  notify(work: FinishedWork, t: Words): void;
  /** Takes those away that still show: a click on one would have nothing to open. */
  close(): void;
}

/** Makes it; shows nothing yet. Only after Electron is ready. */
export function createNotifications({ Notification, isInFront, showPage }: NotificationParts): Notifications {
  // Electron forgets the click of one that nobody holds.
  const shown = new Set<Electron.Notification>();
  return {
    get canNotify() {
      return Notification.isSupported();
    },
    notify(work, t) {
      if (isInFront() || !Notification.isSupported()) return;
      const { title, body, page } = notificationFor(work, t);
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', () => {
        shown.delete(notification);
        showPage(page);
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
