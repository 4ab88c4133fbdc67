/** A stretch of an answer: what is said, or the thinking before it. */
export type Stretch = { readonly kind: 'text' | 'reasoning'; readonly text: string };

const openTag = '<think>';
const closeTag = '</think>';

/** True for a chat template of a model that thinks in its text, between tags. */
export function thinksInText(template: string | undefined): boolean {
  return template !== undefined && /<\/?think>/.test(template);
}

/** True when a prompt that ends with this markup has opened the thinking already. */
export function endsInThinking(markup: string): boolean {
  return markup.lastIndexOf(openTag) > markup.lastIndexOf(closeTag);
}

type State = 'beginning' | 'reasoning' | 'after-reasoning' | 'text';

/**
 * Parts what a model thinks from what it says. Thinking stands at the very beginning, between `<think>` and `</think>`; a tag
 * further on is text like any other, and thinking that is never closed goes to the end. Text comes in pieces of any
 * size: what may be the beginning of a tag is held back until it is clear.
 */
export class ReasoningSplitter {
  #state: State;
  #held = '';

  /** `isOpen`: the prompt has written the opening tag, so the answer begins inside. */
  constructor({ isOpen }: { readonly isOpen: boolean }) {
    this.#state = isOpen ? 'reasoning' : 'beginning';
  }

  /** True once something was thought. */
  hasReasoning = false;

  push(text: string): readonly Stretch[] {
    this.#held += text;
    const stretches: Stretch[] = [];
    for (let before = ''; before !== this.#state;) {
      before = this.#state;
      stretches.push(...this.#step(false));
    }
    return stretches;
  }

  /** The rest, at the end. */
  flush(): readonly Stretch[] {
    const stretches = [...this.push(''), ...this.#step(true)];
    this.#held = '';
    return stretches;
  }

  #step(isEnd: boolean): readonly Stretch[] {
    switch (this.#state) {
      case 'beginning':
        return this.#begin(isEnd);
      case 'reasoning':
        return this.#think(isEnd);
      case 'after-reasoning':
        // The blank lines between thinking and answer belong to neither.
        this.#held = this.#held.trimStart();
        if (this.#held !== '') this.#state = 'text';
        return [];
      case 'text': {
        const text = this.#held;
        this.#held = '';
        return text === '' ? [] : [{ kind: 'text', text }];
      }
    }
  }

  #begin(isEnd: boolean): readonly Stretch[] {
    const trimmed = this.#held.trimStart();
    if (trimmed.startsWith(openTag)) {
      this.#held = trimmed.slice(openTag.length);
      this.#state = 'reasoning';
    } else if (isEnd || !openTag.startsWith(trimmed)) {
      this.#state = 'text';
      return isEnd ? this.#step(true) : [];
    }
    return [];
  }

  #think(isEnd: boolean): readonly Stretch[] {
    if (!this.hasReasoning) this.#held = this.#held.trimStart();
    const end = this.#held.indexOf(closeTag);
    if (end !== -1) {
      const text = this.#held.slice(0, end).trimEnd();
      this.#held = this.#held.slice(end + closeTag.length);
      this.#state = 'after-reasoning';
      return this.#thought(text);
    }
    // White space before a closing tag is held back too: thinking ends with its last word.
    const kept = isEnd ? 0 : (/\s*(?:<(?:\/(?:t(?:h(?:i(?:nk?)?)?)?)?)?)?$/.exec(this.#held)?.[0].length ?? 0);
    const text = isEnd ? this.#held.trimEnd() : this.#held.slice(0, this.#held.length - kept);
    this.#held = this.#held.slice(this.#held.length - kept);
    return this.#thought(text);
  }

  #thought(text: string): readonly Stretch[] {
    if (text === '') return [];
    this.hasReasoning = true;
    return [{ kind: 'reasoning', text }];
  }
}
