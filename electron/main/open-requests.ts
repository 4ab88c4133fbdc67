import { stat } from 'node:fs/promises';
import { readDeepLink } from '../guards/deep-link.ts';
import { offeredPathLimit, readOpenedPath, type LaunchRequest } from '../guards/launch-arguments.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { OfferedFile, WindowRequest } from '../shared/desktop.ts';
import { safeFileName } from '../shared/file-name.ts';
import { fileTicketSchema, type FileTicket } from '../shared/ids.ts';

/** macOS hands over many files one by one; those that come within so short a time belong together. */
const gatherMs = 250;

/** What gives tickets for paths while the chats are open. */
export type TicketSource = {
  readonly ticketForPath: (path: string) => Promise<{ readonly ticket: FileTicket; readonly name: string }>;
  readonly folderTicketForPath: (path: string) => Promise<string>;
};

/** What requests from outside need. */
export type OpenRequestParts = {
  readonly operatingSystem: NodeJS.Platform;
  /** Asks something of the main window, and shows it. */
  readonly ask: (request: WindowRequest) => void;
  readonly show: () => void;
  readonly logger: Logger;
};

/** What the system, a second start or a person asks to open. It is only offered: never sent, read or installed. */
export interface OpenRequests {
  /** The arguments of a start. */
  launch(request: LaunchRequest): void;
  /** A `sotto://` link, as macOS hands it over. */
  link(url: string): void;
  /** A path, as macOS hands it over or as it was dropped on the icon. */
  path(path: string): void;
  /** Paths that were chosen in a dialog. */
  paths(paths: readonly string[]): void;
  /** Tickets can be had, or can no longer: while the chats are locked, paths wait. */
  setTickets(tickets: TicketSource | null): void;
  close(): void;
}

/** Makes it; may be told things before Electron is ready. */
export function createOpenRequests(parts: OpenRequestParts): OpenRequests {
  return new WaitingRequests(parts);
}

class WaitingRequests implements OpenRequests {
  readonly #parts: OpenRequestParts;
  #tickets: TicketSource | null = null;
  #waiting: ReadonlySet<string> = new Set();
  #leftOut = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: OpenRequestParts) {
    this.#parts = parts;
  }

  launch({ isHidden, request, paths, leftOut }: LaunchRequest): void {
    // A session that starts the app again finds it running.
    if (!isHidden) this.#parts.show();
    if (request !== null) this.#parts.ask(request);
    if (paths.length + leftOut > 0) this.#add(paths, leftOut);
  }

  link(url: string): void {
    this.#parts.show();
    const link = readDeepLink(url);
    if (link.status === 'refused') this.#parts.ask({ type: 'request-refused', reason: link.reason });
    else if (link.request !== null) this.#parts.ask(link.request);
  }

  path(path: string): void {
    this.#parts.show();
    const opened = readOpenedPath(path, this.#parts.operatingSystem);
    this.#add(opened === null ? [] : [opened], opened === null ? 1 : 0);
  }

  paths(paths: readonly string[]): void {
    this.#add(paths, 0);
  }

  setTickets(tickets: TicketSource | null): void {
    this.#tickets = tickets;
    this.#offerSoon();
  }

  close(): void {
    this.#tickets = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #add(paths: readonly string[], leftOut: number): void {
    const all = [...new Set([...this.#waiting, ...paths])];
    this.#waiting = new Set(all.slice(0, offeredPathLimit));
    this.#leftOut += leftOut + Math.max(0, all.length - offeredPathLimit);
    this.#offerSoon();
  }

  #offerSoon(): void {
    if (this.#tickets === null || this.#waiting.size + this.#leftOut === 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#offer(), gatherMs);
  }

  async #offer(): Promise<void> {
    const tickets = this.#tickets;
    if (tickets === null) return;
    const paths = [...this.#waiting];
    let leftOut = this.#leftOut;
    this.#waiting = new Set();
    this.#leftOut = 0;
    const files: OfferedFile[] = [];
    for (const path of paths) {
      const file = await this.#offered(tickets, path);
      if (file === null) leftOut += 1;
      else files.push(file);
    }
    if (files.length > 0) this.#parts.ask({ type: 'offer-files', files, leftOut });
    else this.#parts.ask({ type: 'request-refused', reason: 'not-a-file' });
  }

  async #offered(tickets: TicketSource, path: string): Promise<OfferedFile | null> {
    try {
      if ((await stat(path)).isDirectory()) {
        // The page has one kind of handle in an offer; `isFolder` says whose it is.
        const ticket = fileTicketSchema.parse(await tickets.folderTicketForPath(path));
        return { ticket, name: safeFileName(path), isFolder: true };
      }
      const { ticket, name } = await tickets.ticketForPath(path);
      return { ticket, name, isFolder: false };
    } catch (error) {
      this.#parts.logger.info('open-request-left-out', { code: AppError.from(error).code });
      return null;
    }
  }
}
