import { sep } from 'node:path';

/** The only native code that the parsing process has a use for: it draws pages. */
const allowedPackages = ['@napi-rs'].map((name) => `${sep}node_modules${sep}${name}${sep}`);

/** Lets this process load no native code but the drawing library's: a hostile document finds no database or shell to load. */
export function refuseNativeCode(): void {
  const open = process.dlopen.bind(process);
  Object.defineProperty(process, 'dlopen', {
    configurable: false,
    value: (module: object, filename: string, flags?: number) => {
      if (!allowedPackages.some((part) => filename.includes(part))) {
        throw new Error('This native code is not loaded in the parsing process.');
      }
      // A missing argument means something else to Node than an undefined one.
      return flags === undefined ? open(module, filename) : open(module, filename, flags);
    },
  });
}
