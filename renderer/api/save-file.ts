/** The browser has taken the content over long before. */
const releaseAfterMs = 60_000;

/** Hands texts or bytes to the user as a file, through the browser's or the desktop's own way of saving one. */
export function saveFile(name: string, parts: readonly BlobPart[], contentType: string): void {
  const address = URL.createObjectURL(new Blob([...parts], { type: contentType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), releaseAfterMs);
}
