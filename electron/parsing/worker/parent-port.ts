/** The way to the process that started this one, the same under Node's child process and Electron's utility process. */
export type ParentPort = {
  /** Resolves when the message is on its way, so that a large document does not pile up in memory. */
  send(message: unknown): Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
};

/** The members of Electron's parent port that are used, which plain Node's types do not know. */
type UtilityPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
};

function utilityPort(): UtilityPort | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (typeof port !== 'object' || port === null || !('postMessage' in port)) return null;
  // Electron sets it in a utility process, and only there; its shape is Electron's contract.
  return port as UtilityPort;
}

/** Opens it. Throws when nobody started this process as a worker. */
export function openParentPort(): ParentPort {
  const utility = utilityPort();
  if (utility) {
    return {
      send: async (message) => {
        utility.postMessage(message);
        // Gives the parent a turn: posted messages leave when this process next reaches its event loop.
        await new Promise((resolve) => void setImmediate(resolve));
      },
      onMessage: (listener) => void utility.on('message', ({ data }) => listener(data)),
    };
  }
  const send = process.send?.bind(process);
  if (!send) throw new Error('The parsing worker is started by Sotto, not by hand.');
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        send(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
      }),
    onMessage: (listener) => void process.on('message', listener),
  };
}
