/**
 * A piece of a prompt. `markup` is ours or the model's template and may hold special tokens; `content` comes from a
 * turn and is always tokenised as plain text, so that `<|im_end|>` in a document stays ten harmless characters.
 */
export type PromptSegment =
  | { readonly kind: 'markup'; readonly text: string }
  | { readonly kind: 'content'; readonly text: string; readonly role: 'system' | 'user' | 'assistant' };

/** Joins neighbouring markup, so that it is tokenised as one text. Content is kept apart, and empty pieces are left out. */
export function joinMarkup(segments: readonly PromptSegment[]): readonly PromptSegment[] {
  const joined: PromptSegment[] = [];
  for (const segment of segments) {
    if (segment.text === '') continue;
    const last = joined.at(-1);
    if (segment.kind === 'markup' && last?.kind === 'markup') {
      joined[joined.length - 1] = { kind: 'markup', text: last.text + segment.text };
    } else joined.push(segment);
  }
  return joined;
}
