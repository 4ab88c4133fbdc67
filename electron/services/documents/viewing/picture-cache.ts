/** Bytes of pictures, as many as fit, those that were asked for last. */
export interface PictureCache {
  get(key: string): Uint8Array | null;
  /** One that alone is larger than the cache is not kept. */
  put(key: string, bytes: Uint8Array): void;
  /** Forgets all whose key begins so. */
  forget(prefix: string): void;
}

/** Makes a cache of at most `limitBytes`. */
export function createPictureCache(limitBytes: number): PictureCache {
  // A map remembers the order of insertion: the first is the one that nobody has asked for the longest.
  const pictures = new Map<string, Uint8Array>();
  let sizeBytes = 0;
  const remove = (key: string): void => {
    sizeBytes -= pictures.get(key)?.byteLength ?? 0;
    pictures.delete(key);
  };
  return {
    get(key) {
      const bytes = pictures.get(key);
      if (bytes === undefined) return null;
      pictures.delete(key);
      pictures.set(key, bytes);
      return bytes;
    },
    put(key, bytes) {
      remove(key);
      if (bytes.byteLength > limitBytes) return;
      pictures.set(key, bytes);
      sizeBytes += bytes.byteLength;
      for (const oldest of pictures.keys()) {
        if (sizeBytes <= limitBytes) return;
        remove(oldest);
      }
    },
    forget(prefix) {
      for (const key of pictures.keys()) if (key.startsWith(prefix)) remove(key);
    },
  };
}
