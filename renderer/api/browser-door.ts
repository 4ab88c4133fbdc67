import { RPCLink } from '@orpc/client/websocket';
import { AppError, appErrorDataSchema } from '../../electron/shared/app-error.ts';
import { DoorRefusedError } from './door.ts';
import type { Door, Line } from './door.ts';
import { ticketedFileSchema } from './ticketed-file.ts';

/** Where the page is and how it reaches its own origin; handed in so that tests need no network. */
export type Surroundings = {
  readonly location: Pick<Location, 'href' | 'hash' | 'pathname' | 'search'>;
  /** Rewrites the address without a new entry in the history. */
  readonly replaceAddress: (address: string) => void;
  readonly request: (path: string, init: RequestInit) => Promise<Response>;
  readonly createSocket: (address: string) => WebSocket;
};

/** The real surroundings of a page that the loopback host served. */
export function pageSurroundings(): Surroundings {
  return {
    location: window.location,
    replaceAddress: (address) => window.history.replaceState(window.history.state, '', address),
    // oxlint-disable-next-line no-restricted-globals -- the app's own host, at the page's own origin; the page's policy forbids any other
    request: (path, init) => fetch(path, { ...init, credentials: 'same-origin', redirect: 'error' }),
    createSocket: (address) => new WebSocket(address),
  };
}

/** Exchanges the one-time token in the address for a session cookie, once, and takes it out of the address. */
async function enter({ location, replaceAddress, request }: Surroundings): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  const response = await request('./session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  replaceAddress(location.pathname + location.search);
  if (response.status >= 400 && response.status < 500) throw new DoorRefusedError('The token was refused.');
  if (!response.ok) throw new Error(`The host answered ${response.status}.`);
}

function openSocket({ location, createSocket }: Surroundings): Promise<Line> {
  const address = new URL('./api', location.href);
  address.hash = '';
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return new Promise((resolve, reject) => {
    const websocket = createSocket(address.href);
    const link = new RPCLink({ websocket });
    const closed = new Promise<void>((resolveClosed) => {
      websocket.addEventListener('close', () => resolveClosed(), { once: true });
    });
    websocket.addEventListener('open', () => resolve({ link, closed }), { once: true });
    void closed.then(() => reject(new Error('The connection could not be opened.')));
  });
}

/** The door of a browser tab: a cookie session and a WebSocket on the loopback host. */
export function createBrowserDoor(surroundings: Surroundings): Door {
  return {
    kind: 'browser',
    open: async () => {
      await enter(surroundings);
      return openSocket(surroundings);
    },
    ticketFor: async (file) => {
      const response = await surroundings.request(`./files?name=${encodeURIComponent(file.name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw AppError.fromData(appErrorDataSchema.parse(answer));
      return ticketedFileSchema.parse(answer);
    },
  };
}
