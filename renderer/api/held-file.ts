import type { FileTicket } from '../../electron/shared/ids.ts';
import type { Door } from './door.ts';

/** A file that the shell offered, as one that was opened with the app: the page has its ticket, and never had the file. */
export type HeldFile = { readonly name: string; readonly ticket: FileTicket };

/** What may be handed over: a file of the page's own, or one that the app holds already. */
export type HandedFile = File | HeldFile;

/** The ticket of a file, which the door makes where there is none yet. Rejects with an AppError. */
export async function ticketOf(door: Pick<Door, 'ticketFor'>, file: HandedFile): Promise<FileTicket> {
  return 'ticket' in file ? file.ticket : (await door.ticketFor(file)).ticket;
}
