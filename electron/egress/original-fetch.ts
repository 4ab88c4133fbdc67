/**
 * The runtime's `fetch` as it was when this module was loaded: before `denyNetwork` closed it for everybody else, as long as
 * that is called from the body of an entry and not while its imports are being loaded.
 */
export const originalFetch: typeof globalThis.fetch = globalThis.fetch;
