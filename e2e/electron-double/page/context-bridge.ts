/**
 * contextBridge between the two worlds of one document. Worlds share no object, but DOM events reach both
 * synchronously, and Chromium clones the detail of a CustomEvent on the way (a File included). So calls, results,
 * promises and errors cross by value, as over Electron's bridge.
 */

/** A value on its way over the bridge. */
type Crossing =
  | { readonly kind: 'clone'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Crossing[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Crossing])[] }
  | { readonly kind: 'function'; readonly id: string }
  | { readonly kind: 'promise'; readonly id: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

type Packet =
  | { readonly kind: 'hello' }
  | { readonly kind: 'expose'; readonly key: string; readonly value: Crossing }
  | { readonly kind: 'call'; readonly id: string; readonly args: readonly Crossing[] }
  | { readonly kind: 'return'; readonly value: Crossing }
  | { readonly kind: 'throw'; readonly value: Crossing }
  | { readonly kind: 'settle'; readonly id: string; readonly isFulfilled: boolean; readonly value: Crossing };

type BridgeEvents = { readonly onHello: () => void; readonly onExpose: (key: string, value: unknown) => void };
type World = 'isolated' | 'main';

class WorldLink {
  readonly #world: World;
  readonly #eventName: (world: World) => string;
  readonly #events: BridgeEvents;
  readonly #functions = new Map<string, (...args: readonly unknown[]) => unknown>();
  readonly #promises = new Map<string, PromiseWithResolvers<unknown>>();
  #answer: Packet | undefined;
  #lastId = 0;

  constructor(bridgeName: string, world: World, events: BridgeEvents) {
    this.#world = world;
    this.#eventName = (of) => `${bridgeName}-${of}`;
    this.#events = events;
    addEventListener(this.#eventName(world), (event) => {
      event.stopImmediatePropagation();
      // Only the other world's WorldLink knows the name of this event.
      if (event instanceof CustomEvent) this.#receive(event.detail as Packet);
    });
  }

  send(packet: Packet): void {
    const other = this.#eventName(this.#world === 'main' ? 'isolated' : 'main');
    dispatchEvent(new CustomEvent(other, { detail: packet }));
  }

  pack(value: unknown): Crossing {
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (typeof value === 'function') {
      const id = this.#nextId();
      this.#functions.set(id, (...args) => Reflect.apply(value, undefined, args) as unknown);
      return { kind: 'function', id };
    }
    if (typeof value !== 'object' || value === null) return { kind: 'clone', value };
    if (value instanceof Promise) return this.#packPromise(value);
    if (value instanceof Error) return { kind: 'error', name: value.name, message: value.message };
    if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => this.pack(item)) };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return { kind: 'clone', value };
    return { kind: 'object', entries: Object.entries(value).map(([key, held]) => [key, this.pack(held)] as const) };
  }

  #packPromise(promise: Promise<unknown>): Crossing {
    const id = this.#nextId();
    const settle = (isFulfilled: boolean) => (value: unknown) =>
      this.send({ kind: 'settle', id, isFulfilled, value: this.pack(value) });
    promise.then(settle(true), settle(false));
    return { kind: 'promise', id };
  }

  #unpack(crossing: Crossing): unknown {
    switch (crossing.kind) {
      case 'clone':
        return crossing.value;
      case 'error':
        return Object.assign(new Error(crossing.message), { name: crossing.name });
      case 'list':
        return crossing.items.map((item) => this.#unpack(item));
      case 'object':
        return Object.freeze(Object.fromEntries(crossing.entries.map(([key, value]) => [key, this.#unpack(value)])));
      case 'promise':
        return this.#promiseOf(crossing.id).promise;
      case 'function':
        return (...args: readonly unknown[]) => this.#call(crossing.id, args);
    }
  }

  /** A promise may settle before the value that holds it has crossed. */
  #promiseOf(id: string): PromiseWithResolvers<unknown> {
    const held = this.#promises.get(id) ?? Promise.withResolvers<unknown>();
    this.#promises.set(id, held);
    return held;
  }

  /** The other world answers while the event is being dispatched. */
  #call(id: string, args: readonly unknown[]): unknown {
    this.#answer = undefined;
    this.send({ kind: 'call', id, args: args.map((arg) => this.pack(arg)) });
    const answer = this.#takeAnswer();
    if (answer?.kind === 'return') return this.#unpack(answer.value);
    if (answer?.kind === 'throw') throw this.#unpack(answer.value);
    throw new Error('An object could not be cloned.');
  }

  #takeAnswer(): Packet | undefined {
    const answer = this.#answer;
    this.#answer = undefined;
    return answer;
  }

  #receive(packet: Packet): void {
    switch (packet.kind) {
      case 'hello':
        this.#events.onHello();
        break;
      case 'expose':
        this.#events.onExpose(packet.key, this.#unpack(packet.value));
        break;
      case 'return':
      case 'throw':
        this.#answer = packet;
        break;
      case 'settle': {
        const { resolve, reject } = this.#promiseOf(packet.id);
        (packet.isFulfilled ? resolve : reject)(this.#unpack(packet.value));
        break;
      }
      case 'call':
        this.send(this.#run(packet.id, packet.args));
        break;
    }
  }

  #run(id: string, args: readonly Crossing[]): Packet {
    try {
      const result = this.#functions.get(id)?.(...args.map((arg) => this.#unpack(arg)));
      return { kind: 'return', value: this.pack(result) };
    } catch (error) {
      return { kind: 'throw', value: this.pack(error instanceof Error ? error : new Error(String(error))) };
    }
  }

  #nextId(): string {
    this.#lastId += 1;
    return `${this.#world}${this.#lastId}`;
  }
}

/** The preload's `contextBridge`. The worlds start in either order: what is exposed early waits for the other. */
export function createContextBridge(bridgeName: string): { exposeInMainWorld: (key: string, api: unknown) => void } {
  const exposed: (readonly [string, unknown])[] = [];
  let isMainWorldThere = false;
  const publish = (key: string, api: unknown): void => link.send({ kind: 'expose', key, value: link.pack(api) });
  const link = new WorldLink(bridgeName, 'isolated', {
    onExpose: () => undefined,
    onHello: () => {
      if (isMainWorldThere) return;
      isMainWorldThere = true;
      for (const [key, api] of exposed) publish(key, api);
    },
  });
  link.send({ kind: 'hello' });
  return {
    exposeInMainWorld: (key, api) => {
      exposed.push([key, api]);
      if (isMainWorldThere) publish(key, api);
    },
  };
}

/** The page's end of the bridge, which leaves no global but what the preload exposes. */
export function receiveExposed(bridgeName: string): void {
  const link = new WorldLink(bridgeName, 'main', {
    onExpose: (key, value) => Object.defineProperty(window, key, { value, enumerable: true }),
    onHello: () => link.send({ kind: 'hello' }),
  });
  link.send({ kind: 'hello' });
}
