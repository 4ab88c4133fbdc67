import { readFileSync } from 'node:fs';
import { strictClass, strictObject } from './strict.ts';

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Electron's NativeImage of a PNG file, never drawn. */
export class NativeImageDouble extends strictClass('NativeImage') {
  readonly #bytes: Buffer;
  #isTemplate = false;

  constructor(bytes: Buffer) {
    super();
    this.#bytes = bytes;
  }

  /** What is no picture gives an empty one, as in Electron. */
  isEmpty(): boolean {
    return !this.#bytes.subarray(0, pngSignature.length).equals(pngSignature);
  }

  getSize(): { width: number; height: number } {
    if (this.isEmpty()) return { width: 0, height: 0 };
    return { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) };
  }

  setTemplateImage(isTemplate: boolean): void {
    this.#isTemplate = isTemplate;
  }

  isTemplateImage(): boolean {
    return this.#isTemplate;
  }
}

function readPicture(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Electron's nativeImage. */
export const nativeImage = strictObject('nativeImage', {
  createFromPath: (path: string): NativeImageDouble => new NativeImageDouble(readPicture(path)),
  createEmpty: (): NativeImageDouble => new NativeImageDouble(Buffer.alloc(0)),
});
