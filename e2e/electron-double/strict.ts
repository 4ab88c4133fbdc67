import { EventEmitter } from 'node:events';

/** What JavaScript, a debugger or a test runner may ask of any object. */
const askedOfAnyObject = new Set(['then', 'toJSON', 'domain', 'nodeType', '$$typeof', 'asymmetricMatch']);

/** A last link for a prototype chain: it throws for a string key that no link before it and not `base` has. */
function refusing<Base extends object>(name: string, base: Base): Base {
  return new Proxy(base, {
    get(held, key, receiver) {
      if (typeof key === 'string' && !(key in held) && !askedOfAnyObject.has(key)) {
        throw new Error(`electron.${name}.${key} is not part of the test double`);
      }
      // The receiver keeps `this`, so private fields work, which they would not behind a proxy of the object itself.
      return Reflect.get(held, key, receiver) as unknown;
    },
  });
}

/** Makes a plain object throw, with `name` in the message, when it is asked for a member that it does not have. */
export function strictObject<Members extends object>(name: string, members: Members): Members {
  Object.setPrototypeOf(members, refusing(name, Object.prototype));
  return members;
}

/**
 * A base class for doubles that emit events: asking for a member that the double lacks throws, on the class and on its
 * instances, and so does listening for an event that is not in `events`.
 */
export function strictEmitter(name: string, events: readonly string[]): new () => EventEmitter {
  const known = new Set<string | symbol>(events);
  class StrictEmitter extends EventEmitter {
    constructor() {
      super();
      this.on('newListener', (event: string | symbol) => {
        if (!known.has(event))
          throw new Error(`electron.${name} event '${String(event)}' is not part of the test double`);
      });
    }
  }
  Object.setPrototypeOf(StrictEmitter.prototype, refusing(name, EventEmitter.prototype));
  Object.setPrototypeOf(StrictEmitter, refusing(name, EventEmitter));
  return StrictEmitter;
}

/** A base class for doubles without events: asking an instance for a member that the double lacks throws. */
export function strictClass(name: string): new () => object {
  class StrictClass {}
  Object.setPrototypeOf(StrictClass.prototype, refusing(name, Object.prototype));
  return StrictClass;
}
