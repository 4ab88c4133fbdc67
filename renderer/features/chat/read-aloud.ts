import { createContext, use, useSyncExternalStore } from 'react';
import type { MessageId } from '../../../electron/shared/ids.ts';

/** The parts of the browser's speech that are used; handed in so that a test needs no loudspeaker. */
export type Speech = Pick<
  SpeechSynthesis,
  'speak' | 'cancel' | 'getVoices' | 'addEventListener' | 'removeEventListener'
>;

type ReadAloudState = { readonly canRead: boolean; readonly readId: MessageId | null };

/** Long utterances cannot be stopped quickly by every system. */
const utteranceLength = 240;
const sampleLength = 4_000;

/** Frequent small words tell European languages apart; of other text the window's own language is taken. */
const smallWords: Readonly<Record<string, RegExp>> = {
  de: /(?<!\p{L})(und|der|die|das|ist|nicht|ein|eine|mit|auf|sie|wird)(?!\p{L})/giu,
  en: /(?<!\p{L})(and|the|is|not|of|to|with|that|this|you|it|are)(?!\p{L})/giu,
  es: /(?<!\p{L})(el|los|las|que|una|por|con|para|del|como|más)(?!\p{L})/giu,
  fr: /(?<!\p{L})(le|les|des|une|est|que|pour|dans|pas|vous|avec)(?!\p{L})/giu,
  it: /(?<!\p{L})(il|che|gli|una|per|con|non|sono|della|più|anche)(?!\p{L})/giu,
};

/** The language that a text is most likely in, as its primary tag. */
export function languageOf(text: string, fallback: string): string {
  const sample = text.slice(0, sampleLength);
  const counted = Object.entries(smallWords).map(
    ([language, words]) => [language, [...sample.matchAll(words)].length] as const,
  );
  const [first, second] = counted.sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : fallback;
}

const fence = /^ {0,3}(```|~~~)/;

/** One line without its marks; each pattern passes over it once, however many brackets it has. */
function speakableLine(line: string): string {
  if (/^[\s:|-]+$/.test(line)) return '';
  return line
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\[\d{1,3}\]/g, '')
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+/, '')
    .replace(/[*_`~|\s]+/g, ' ')
    .trim();
}

/** What a voice should say of Markdown: the words, without its marks and without code. */
export function speakableText(markdown: string): string {
  let openFence: string | null = null;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    const mark = fence.exec(line)?.[1] ?? null;
    if (openFence !== null) openFence = mark === openFence ? null : openFence;
    else if (mark !== null) openFence = mark;
    else lines.push(speakableLine(line));
  }
  return lines.join('\n').trim();
}

/** Sentences, joined while they stay short. */
function utterancesOf(text: string): readonly string[] {
  const sentences = text.split(/(?<=[.!?…:])\s+|\n+/u).filter((sentence) => sentence.trim() !== '');
  const utterances: string[] = [];
  for (const sentence of sentences) {
    const last = utterances.at(-1);
    if (last !== undefined && last.length + sentence.length < utteranceLength) {
      utterances[utterances.length - 1] = `${last} ${sentence}`;
    } else utterances.push(sentence);
  }
  return utterances;
}

/** Reads one message at a time, through voices of this computer only: others would send the text away. */
export class ReadAloud {
  readonly #speech: Speech | null;
  readonly #createUtterance: (text: string) => SpeechSynthesisUtterance;
  readonly #listeners = new Set<() => void>();
  #state: ReadAloudState = { canRead: false, readId: null };

  constructor(speech: Speech | null, createUtterance: (text: string) => SpeechSynthesisUtterance) {
    this.#speech = speech;
    this.#createUtterance = createUtterance;
    speech?.addEventListener('voiceschanged', this.#look);
    this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly state = (): ReadAloudState => this.#state;

  read(id: MessageId, markdown: string, windowLanguage: string): void {
    if (this.#speech === null) return;
    this.#speech.cancel();
    const text = speakableText(markdown);
    const language = languageOf(text, windowLanguage);
    const voices = this.#voices();
    const voice = voices.find(({ lang }) => lang.toLowerCase().startsWith(language)) ?? voices[0];
    const utterances = utterancesOf(text);
    if (voice === undefined || utterances.length === 0) return;
    this.#set({ ...this.#state, readId: id });
    utterances.forEach((words, index) => {
      const utterance = this.#createUtterance(words);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      const isOver = (): void => (this.#state.readId === id ? this.#set({ ...this.#state, readId: null }) : undefined);
      if (index === utterances.length - 1) utterance.addEventListener('end', isOver);
      utterance.addEventListener('error', isOver);
      this.#speech?.speak(utterance);
    });
  }

  readonly stop = (): void => {
    this.#set({ ...this.#state, readId: null });
    this.#speech?.cancel();
  };

  close(): void {
    this.#speech?.removeEventListener('voiceschanged', this.#look);
    this.stop();
  }

  #voices(): readonly SpeechSynthesisVoice[] {
    return this.#speech?.getVoices().filter(({ localService }) => localService) ?? [];
  }

  readonly #look = (): void => this.#set({ ...this.#state, canRead: this.#voices().length > 0 });

  #set(state: ReadAloudState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export const ReadAloudContext = createContext<ReadAloud | null>(null);

const silent: ReadAloudState = { canRead: false, readId: null };
const never = (): (() => void) => () => undefined;

export function useReadAloud(): { readonly state: ReadAloudState; readonly voice: ReadAloud | null } {
  const voice = use(ReadAloudContext);
  const state = useSyncExternalStore(voice?.subscribe ?? never, voice?.state ?? (() => silent));
  return { state, voice };
}
