const lengthLimit = 20_000;

/** What a drag that brings no file carries instead: addresses of pages, or of files that only their program can open. */
export type DroppedLink =
  { readonly type: 'link'; readonly text: string } | { readonly type: 'too-long' | 'file-address' | 'nothing' };

/** The addresses of a `text/uri-list` (RFC 2483), one a line; its comments left out. */
function addressesOf(list: string): readonly string[] {
  return list.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Reads a link out of a drop. Nothing of it is followed: it is text like any other. */
export function readDroppedLink(transfer: Pick<DataTransfer, 'getData'>): DroppedLink {
  const addresses = addressesOf(transfer.getData('text/uri-list'));
  const text = addresses.join('\n');
  if (text === '') return { type: 'nothing' };
  if (text.length > lengthLimit) return { type: 'too-long' };
  // Some programs hand over where a file lies instead of the file; a page may not open it.
  return addresses.every((address) => /^file:/i.test(address)) ? { type: 'file-address' } : { type: 'link', text };
}

/** Whether files come along that are only pictures of a page: they have an address, and no place on this computer. */
export function isPictureOfPage(transfer: Pick<DataTransfer, 'getData' | 'types'>): boolean {
  return transfer.types.includes('text/uri-list') && /^https?:/im.test(transfer.getData('text/uri-list'));
}
