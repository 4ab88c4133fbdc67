import { describe, expect, it } from 'vitest';
import { createId, messageIdSchema } from '../../../electron/shared/ids.ts';
import { ReadAloud, languageOf, speakableText } from './read-aloud.ts';

/** What the browser has: voices, and a queue that is spoken when the test says so. */
class SpeechDouble extends EventTarget {
  readonly spoken: SpeechSynthesisUtterance[] = [];
  readonly voices: SpeechSynthesisVoice[];
  constructor(...voices: readonly (readonly [lang: string, localService: boolean])[]) {
    super();
    this.voices = voices.map(([lang, localService]) => ({
      lang,
      localService,
      name: lang,
      default: false,
      voiceURI: lang,
    }));
  }
  getVoices = (): SpeechSynthesisVoice[] => this.voices;
  speak = (utterance: SpeechSynthesisUtterance): void => void this.spoken.push(utterance);
  cancel = (): void => void this.spoken.splice(0);
}

class UtteranceDouble extends EventTarget {
  voice: SpeechSynthesisVoice | null = null;
  lang = '';
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
}

// jsdom has no speech; what is used of an utterance is there.
const createUtterance = (text: string) => new UtteranceDouble(text) as unknown as SpeechSynthesisUtterance;
const id = createId(messageIdSchema);

describe('ReadAloud', () => {
  it('offers nothing where every voice would send the text away', () => {
    const speech = new SpeechDouble(['en-GB', false]);
    const voice = new ReadAloud(speech, createUtterance);
    expect(voice.state().canRead).toBe(false);
    voice.read(id, 'Secret.', 'en');
    expect(speech.spoken).toEqual([]);
    expect(new ReadAloud(null, createUtterance).state().canRead).toBe(false);
  });

  it('notices voices that come later, as they do in Chromium', () => {
    const speech = new SpeechDouble();
    const voice = new ReadAloud(speech, createUtterance);
    speech.voices.push(...new SpeechDouble(['en-GB', true]).voices);
    speech.dispatchEvent(new Event('voiceschanged'));
    expect(voice.state().canRead).toBe(true);
  });

  it('reads in the language of the text, until the last sentence or a stop', () => {
    const speech = new SpeechDouble(['en-GB', true], ['de-DE', true]);
    const voice = new ReadAloud(speech, createUtterance);
    voice.read(id, `Das ist nicht der Weg und die Sonne wird müde. ${'Noch ein Satz mit Wörtern. '.repeat(30)}`, 'en');
    expect(speech.spoken.length).toBeGreaterThan(1);
    expect(speech.spoken.map(({ lang }) => lang)).toEqual(speech.spoken.map(() => 'de-DE'));
    speech.spoken[0]?.dispatchEvent(new Event('end'));
    expect(voice.state().readId).toBe(id);
    speech.spoken.at(-1)?.dispatchEvent(new Event('end'));
    expect(voice.state().readId).toBeNull();
    voice.read(id, 'And again.', 'en');
    voice.stop();
    expect([speech.spoken, voice.state().readId]).toEqual([[], null]);
  });
});

describe('speakableText', () => {
  it('says words, not marks, and leaves code out', () => {
    const text = '# Title\n\n- **bold** [link](https://example.com) [1]\n\n```js\nlet a = 1;\n```\n\nEnd.';
    expect(speakableText(text).replace(/\s+/g, ' ')).toBe('Title bold link End.');
  });

  it('takes time in proportion to a text of nothing but marks', () => {
    // Catches a pattern that goes back over the text for every mark: this would not come to its end.
    expect(speakableText('['.repeat(50_000)).length).toBe(50_000);
    expect(speakableText('```\n'.repeat(20_000)).length).toBeLessThan(80_000);
  });
});

describe('languageOf', () => {
  it('knows the languages by their small words, and else takes the window’s', () => {
    expect(languageOf('The cat is on the mat and it is not happy.', 'de')).toBe('en');
    expect(languageOf('Le chat est dans le jardin avec des amis.', 'de')).toBe('fr');
    expect(languageOf('42', 'de')).toBe('de');
  });
});
