const english =
  'a about after all also am an and any are as at be because been before being but by can could d did do does doing ' +
  'don during each for from had has have having he her here hers him his how i if in into is it its itself just ll ' +
  'me more most my no nor not now of off on once only or other our out over own re s same she should so some such t ' +
  'than that the their them then there these they this those through to too under until up ve very was we were what ' +
  'when where which while who whom whose why will with would you your';

const german =
  'aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass dein ' +
  'deine dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem ' +
  'einen einer eines er es etwas euch euer für gegen gibt hab habe haben hat hatte hatten hier hin ich ihm ihn ihnen ' +
  'ihr ihre im in ist ja jede jedem jeden jeder jedes kann kein keine können man mein meine mich mir mit nach nicht ' +
  'noch nun nur ob oder ohne sehr sein seine sich sie sind so soll über um und uns unser unter vom von vor wann war ' +
  'waren warum was weil welche welchem welchen welcher welches wenn wer werden wie wieder will wir wird wo wohin wurde ' +
  'wurden zu zum zur';

const wordsByLanguage: readonly ReadonlySet<string>[] = [english, german].map((list) => new Set(list.split(' ')));

/**
 * The words that say what is asked about: those left without articles, pronouns and the like of the language that most
 * of them belong to. All of them when nothing would be left. Expects lower case.
 */
export function dropStopWords(words: readonly string[]): readonly string[] {
  // One language at a time: `die` is an article in German and a matter of life and death in English.
  const candidates = wordsByLanguage.map((stopWords) => words.filter((word) => !stopWords.has(word)));
  const [leanest] = candidates.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length);
  return leanest ?? words;
}
