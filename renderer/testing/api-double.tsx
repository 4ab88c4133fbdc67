import { createApi } from '../api/api-context.tsx';
import type { Api } from '../api/api-context.tsx';
import type { Line } from '../api/door.ts';

/** What the app answers, by the name of the call: `{ 'chat.send': (input) => … }`. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** The window's real side of the contract over an app that answers what a test tells it to. */
export function createApiDouble(answers: Answers): Api {
  const line: Line = {
    closed: new Promise<void>(() => undefined),
    link: {
      call: (path, input) => {
        const answer = answers[path.join('.')];
        if (answer === undefined) return new Promise(() => undefined);
        // The test that wrote the answer knows what the window asks.
        return Promise.resolve(answer(input as never));
      },
    },
  };
  return createApi({
    kind: 'browser',
    open: () => Promise.resolve(line),
    ticketFor: () => Promise.reject(new Error('This double takes no files.')),
  });
}

/** A stream of one value that stays open. */
export async function* watching<T>(value: T): AsyncGenerator<T> {
  yield value;
  await new Promise(() => undefined);
}

/** What the browser has and jsdom has not. */
export function completeJsdom(): void {
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  Element.prototype.scrollTo ??= () => undefined;
  Element.prototype.scrollIntoView ??= () => undefined;
}
