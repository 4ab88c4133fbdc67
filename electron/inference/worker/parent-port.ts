import { z } from 'zod';

/** The engine process's line to the app: a forked process's channel, or the port of an Electron utility process. */
export type ParentPort = {
  /** Sends a message; `onSent` is called once it has left this process. */
  send(message: unknown, onSent: () => void): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the app is gone. */
  onClose(listener: () => void): void;
};

/** The members that are used of Electron's `process.parentPort`; Electron's types are not for this folder. */
const utilityPortSchema = z.object({
  postMessage: z.custom<(message: unknown) => void>((value) => typeof value === 'function'),
  on: z.custom<(name: 'message', listener: (event: { readonly data: unknown }) => void) => void>(
    (value) => typeof value === 'function',
  ),
});

/** Finds the line to the app. Throws when the process was started by hand. */
export function findParentPort(): ParentPort {
  if ('parentPort' in process && process.parentPort) return utilityPort(process.parentPort);
  if (process.send === undefined) throw new Error('the engine process is started by the app');
  return {
    send: (message, onSent) => {
      // A message that cannot be delivered means that the app is gone, which `onClose` reports.
      process.send?.(message, undefined, undefined, () => onSent());
    },
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}

function utilityPort(value: unknown): ParentPort {
  utilityPortSchema.parse(value);
  // Checked above; the parsed copy would lose the object that the methods belong to.
  const port = value as z.infer<typeof utilityPortSchema>;
  return {
    send: (message, onSent) => {
      port.postMessage(message);
      onSent();
    },
    onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    // Electron ends its utility processes itself.
    onClose: () => undefined,
  };
}
