import type { WebSocket } from 'ws';
import type { PagePort } from '../app/page-line.ts';

/** A socket as the port of a page's line: text is handed on as text, anything else as what it is, to be refused. */
export function portOf(webSocket: WebSocket): PagePort {
  return {
    on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) => {
      if (event === 'close') webSocket.on('close', () => listener({ data: null }));
      else webSocket.addEventListener('message', ({ data }) => listener({ data }));
    },
    start: () => undefined,
    postMessage: (message) => webSocket.send(String(message)),
    close: () => webSocket.close(),
  };
}
