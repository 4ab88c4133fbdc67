import type Electron from 'electron';
import { addToDesk } from './desk.ts';
import { strictEmitter } from './strict.ts';

/** Electron's Notification; what shows is read and clicked at the desk. `ELECTRON_DOUBLE_NO_NOTIFICATIONS=1` refuses. */
export class NotificationDouble extends strictEmitter('Notification', ['click', 'close', 'show', 'failed']) {
  static readonly #shown = new Set<NotificationDouble>();
  readonly title: string;
  readonly body: string;

  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }

  static {
    addToDesk({
      notifications: () => [...NotificationDouble.#shown].map(({ title, body }) => ({ title, body })),
      clickNotification: (title) => {
        const shown = [...NotificationDouble.#shown].find((notification) => notification.title === title);
        if (shown === undefined) throw new Error(`No notification says ${title}`);
        shown.emit('click', {});
      },
    });
  }

  static isSupported(): boolean {
    return process.env['ELECTRON_DOUBLE_NO_NOTIFICATIONS'] !== '1';
  }

  show(): void {
    if (!NotificationDouble.isSupported()) return;
    NotificationDouble.#shown.add(this);
    this.emit('show', {});
  }

  close(): void {
    if (NotificationDouble.#shown.delete(this)) this.emit('close', {});
  }
}
