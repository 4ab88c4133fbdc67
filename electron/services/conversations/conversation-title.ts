/** Characters of a title at most, the ellipsis not counted. */
const titleLength = 60;

/**
 * The name of a conversation from its first message: the first line that says something, without the signs of
 * Markdown before it, cut at a word. Looks at the first 2,000 characters only, so that a pasted book costs nothing.
 */
export function conversationTitle(text: string): string {
  const lines = text.slice(0, 2_000).split(/\r?\n/);
  const line = lines
    .map((raw) =>
      raw
        .replace(/^[\s>#*`~-]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .find((said) => said !== '');
  if (line === undefined) return '';
  const letters = Array.from(line);
  if (letters.length <= titleLength) return line;
  const cut = letters.slice(0, titleLength + 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  const words = lastSpace > titleLength / 2 ? cut.slice(0, lastSpace) : letters.slice(0, titleLength).join('');
  return `${words.replace(/[\s,;:.-]+$/, '')}…`;
}
