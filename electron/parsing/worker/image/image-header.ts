/** Kind and size of a picture as its header declares them, before anything is unpacked. */
export type ImageHeader = {
  readonly kind: 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'tiff';
  readonly width: number;
  readonly height: number;
};

const startsWith = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.length >= at + text.length && bytes.toString('latin1', at, at + text.length) === text;

/** Markers of JPEG that carry a size: the start of a frame, whatever its coding. */
const isFrameMarker = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readJpeg(bytes: Buffer): ImageHeader | null {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd9)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (isFrameMarker(marker)) {
      return { kind: 'jpeg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
  return null;
}

function readWebp(bytes: Buffer): ImageHeader | null {
  if (bytes.length < 30) return null;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { kind: 'webp', width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { kind: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { kind: 'webp', width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

/**
 * Reads the header of a picture; null for anything else, and for a header that is cut off. A TIFF is recognised, but its size
 * is not looked for: each of its pages has one of its own (`readTiffDirectories`).
 */
export function readImageHeader(bytes: Buffer): ImageHeader | null {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n') && startsWith(bytes, 'IHDR', 12) && bytes.length >= 24) {
    return { kind: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (startsWith(bytes, '\xff\xd8\xff')) return readJpeg(bytes);
  if ((startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) && bytes.length >= 10) {
    return { kind: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return readWebp(bytes);
  if (startsWith(bytes, 'BM') && bytes.length >= 26) {
    const isOld = bytes.readUInt32LE(14) === 12;
    const width = isOld ? bytes.readUInt16LE(18) : Math.abs(bytes.readInt32LE(18));
    const height = isOld ? bytes.readUInt16LE(20) : Math.abs(bytes.readInt32LE(22));
    return { kind: 'bmp', width, height };
  }
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*')) return { kind: 'tiff', width: 0, height: 0 };
  return null;
}
