import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { describe, expect, it } from 'vitest';
import type { FinishedWork } from '../platform/desktop.ts';
import type { WindowRequest } from '../shared/desktop.ts';
import { conversationIdSchema, createId } from '../shared/ids.ts';
import { createWords } from '../shared/words.ts';
import { createNotifications, notificationFor } from './notifications.ts';

const t = createWords('en').getFixedT(null, ['window', 'error', 'terminal', 'menu'] as const);
const summary: FinishedWork = { kind: 'summary', name: 'Annual report.pdf', isFailed: false };

/** Electron's notifications, as many of its members as are used; `all` are those that were made. */
function createFake({ isInFront = false, isSupported = true } = {}) {
  const all: (EventEmitter & { readonly title: string; isShown: boolean })[] = [];
  class NotificationFake extends EventEmitter {
    static isSupported = (): boolean => isSupported;
    readonly title: string;
    isShown = false;
    constructor({ title }: { readonly title: string }) {
      super();
      this.title = title;
      all.push(this);
    }
    show(): void {
      this.isShown = true;
    }
    close(): void {
      this.isShown = false;
      this.emit('close');
    }
  }
  const pages: WindowRequest[] = [];
  const notifications = createNotifications({
    // The members that are used, as electron.d.ts has them.
    Notification: NotificationFake as unknown as typeof Electron.Notification,
    isInFront: () => isInFront,
    show: (request) => void pages.push(request),
  });
  return { all, pages, notifications };
}

describe('notificationFor', () => {
  it.each([
    ['summary', false, 'The summary is ready', 'summaries'],
    ['summary', true, 'The summary could not be finished', 'summaries'],
    ['indexing', false, 'The documents are ready for questions', 'documents'],
    ['indexing', true, 'The documents could not be read', 'documents'],
    ['download', false, 'The model is here', 'models'],
    ['download', true, 'The download stopped', 'models'],
  ] as const)('says of %s, failed %s: %s', (kind, isFailed, title, page) => {
    expect(notificationFor({ kind, name: 'x', isFailed }, t)).toEqual({
      title,
      body: 'x',
      request: { type: 'show-page', page },
    });
  });

  // Catches the question that everybody beside the desk can read.
  it('says that a question waits, without a word of it, and leads to it', () => {
    const conversationId = createId(conversationIdSchema);
    expect(notificationFor({ kind: 'waiting', conversationId }, t)).toEqual({
      title: 'A question waits for you',
      body: 'Nothing has been sent yet. Look at what would leave.',
      request: { type: 'show-conversation', conversationId },
    });
  });

  // Linux would draw a picture from a file that a name asks for.
  it('shows a hostile name as text', () => {
    const { body } = notificationFor({ ...summary, name: '<img src="/etc/x">\u202e&\n' }, t);
    expect(body).toBe('‹img src="/etc/x"› ＆');
  });
});

describe('createNotifications', () => {
  it('shows the page that a click is about', () => {
    const { all, pages, notifications } = createFake();
    notifications.notify(summary, t);
    expect(all.map(({ isShown }) => isShown)).toEqual([true]);
    all[0]?.emit('click');
    expect(pages).toEqual([{ type: 'show-page', page: 'summaries' }]);
  });

  it('is quiet while a window is in front, and where there are none', () => {
    for (const { all, notifications } of [createFake({ isInFront: true }), createFake({ isSupported: false })]) {
      notifications.notify(summary, t);
      expect(all).toEqual([]);
    }
  });

  // A night of indexing must not leave a hundred of them, nor one that opens nothing after the app has quit.
  it('keeps five on the screen, and none after it was closed', () => {
    const { all, notifications } = createFake();
    for (let index = 0; index < 12; index += 1) notifications.notify(summary, t);
    expect(all.filter(({ isShown }) => isShown)).toHaveLength(5);
    expect(all.at(-1)?.isShown).toBe(true);
    notifications.close();
    expect(all.some(({ isShown }) => isShown)).toBe(false);
  });
});
