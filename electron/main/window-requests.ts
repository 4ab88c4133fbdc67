import { EventEmitter, once } from 'node:events';
import type { WindowKind, WindowRequest } from '../shared/desktop.ts';

/** So many wait for a window that nobody has opened yet, or whose chats are locked. */
const waitingLimit = 50;

/** What is asked of windows, kept until one of its kind listens. */
export interface WindowRequests {
  ask(window: WindowKind, request: WindowRequest): void;
  /** Each request goes to one listener: the latest, as a page that was loaded again is. Until the signal. */
  requests(window: WindowKind, signal: AbortSignal): AsyncIterable<WindowRequest>;
}

/** Makes an empty queue for each kind of window. */
export function createWindowRequests(): WindowRequests {
  const queues = { main: createQueue(), 'quick-ask': createQueue() };
  return {
    ask: (window, request) => queues[window].ask(request),
    requests: (window, signal) => queues[window].listen(signal),
  };
}

function createQueue(): {
  readonly ask: (request: WindowRequest) => void;
  readonly listen: (signal: AbortSignal) => AsyncGenerator<WindowRequest, void, void>;
} {
  const bell = new EventEmitter();
  bell.setMaxListeners(0);
  const listeners: AbortSignal[] = [];
  let waiting: readonly WindowRequest[] = [];

  return {
    ask: (request) => {
      waiting = withRequest(waiting, request);
      bell.emit('ring');
    },
    async *listen(signal) {
      listeners.push(signal);
      try {
        while (!signal.aborted) {
          const [next] = listeners.at(-1) === signal ? waiting : [];
          if (next === undefined) {
            // Ends with the signal, which the loop sees.
            await once(bell, 'ring', { signal }).catch(() => undefined);
            continue;
          }
          waiting = waiting.slice(1);
          yield next;
        }
      } finally {
        listeners.splice(listeners.indexOf(signal), 1);
        bell.emit('ring');
      }
    },
  };
}

/** Only the last of what shows something counts; a text and files are kept, and that there were too many is told once. */
function withRequest(waiting: readonly WindowRequest[], request: WindowRequest): readonly WindowRequest[] {
  const carriesSomething = request.type === 'prefill' || request.type === 'offer-files';
  const kept = carriesSomething ? waiting : waiting.filter((other) => !isReplacedBy(other, request));
  if (kept.length < waitingLimit) return [...kept, request];
  const tooMany: WindowRequest = { type: 'request-refused', reason: 'too-many' };
  return [...kept.filter((other) => !isReplacedBy(other, tooMany)).slice(0, waitingLimit - 1), tooMany];
}

function isReplacedBy(other: WindowRequest, request: WindowRequest): boolean {
  if (other.type === 'request-refused' && request.type === 'request-refused') return other.reason === request.reason;
  return other.type === request.type;
}
