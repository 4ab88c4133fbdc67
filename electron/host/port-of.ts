import type { WebSocket } from 'ws';
import type { PagePort } from '../app/page-line.ts';

type SentMessage = string | Uint8Array | ArrayBuffer;

/** What a socket can carry: most answers are text, and one with a file in it is bytes. */
function isSendable(message: unknown): message is SentMessage {
  return typeof message === 'string' || message instanceof Uint8Array || message instanceof ArrayBuffer;
}

/** A socket as the port of a page's line: text is handed on as text, anything else as what it is, to be refused. */
export function portOf(webSocket: WebSocket): PagePort {
  return {
    on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) => {
      if (event === 'close') webSocket.on('close', () => listener({ data: null }));
      else webSocket.addEventListener('message', ({ data }) => listener({ data }));
    },
    start: () => undefined,
    postMessage(message) {
      if (!isSendable(message)) throw new Error('An answer is neither text nor bytes.');
      webSocket.send(message);
    },
    close: () => webSocket.close(),
  };
}
