import { AppError } from '../../shared/app-error.ts';
import { createId, folderTicketSchema } from '../../shared/ids.ts';
import type { FolderTicket } from '../../shared/ids.ts';

/** Stands between folders and a page that may not name them. */
export interface FolderTickets {
  /** The same path has the same ticket as long as it is remembered. `path` is absolute. */
  ticketFor(path: string): FolderTicket;
  /** Throws `app/not-found` for a ticket that was not given, or is long forgotten. */
  resolve(ticket: FolderTicket): string;
}

/** So many folders have tickets at a time; the oldest are forgotten first. */
const ticketLimit = 50_000;

/** Makes an empty register. */
export function createFolderTickets(): FolderTickets {
  const paths = new Map<FolderTicket, string>();
  const tickets = new Map<string, FolderTicket>();
  return {
    ticketFor(path) {
      const known = tickets.get(path);
      if (known !== undefined) return known;
      const ticket = createId(folderTicketSchema);
      paths.set(ticket, path);
      tickets.set(path, ticket);
      const oldest = paths.size > ticketLimit ? paths.entries().next().value : undefined;
      if (oldest !== undefined) {
        paths.delete(oldest[0]);
        tickets.delete(oldest[1]);
      }
      return ticket;
    },
    resolve(ticket) {
      const path = paths.get(ticket);
      if (path === undefined)
        throw new AppError('app/not-found', 'There is no folder behind this ticket.', { kind: 'folder' });
      return path;
    },
  };
}
