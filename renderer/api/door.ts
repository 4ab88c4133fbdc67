import type { ClientContext, ClientLink } from '@orpc/client';
import type { FolderTicket } from '../../electron/shared/ids.ts';
import type { TicketedFile } from './ticketed-file.ts';

/** One connection to the app; `closed` resolves when it is gone. */
export type Line = {
  readonly link: ClientLink<ClientContext>;
  readonly closed: Promise<void>;
};

/** How this window reaches the app: through the desktop shell, or over the loopback host. */
export interface Door {
  readonly kind: 'desktop' | 'browser';
  /** Rejects when nobody answers; DoorRefusedError when asking again cannot help. */
  open(): Promise<Line>;
  /** Hands a file over and gets its ticket. Rejects with an AppError. */
  ticketFor(file: File): Promise<TicketedFile>;
  /** Gets a ticket for a dropped folder, which is then followed; absent where the page only ever has files. Rejects with an AppError. */
  readonly folderTicketFor?: (folder: File) => Promise<FolderTicket>;
}

/** The app is there and does not let this page in: its one-time address was used or has expired. */
export class DoorRefusedError extends Error {
  override readonly name = 'DoorRefusedError';
}
