/** A word of a text: offsets, `end` after its last character. */
export type NameWord = { readonly text: string; readonly start: number; readonly end: number };

/** Words with the signs that names have in them: `O’Neill`, `Farah-Diallo`. */
const words = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu;

/** Every word of a text, in order; each character is read once. */
export function nameWordsOf(text: string): readonly NameWord[] {
  return [...text.matchAll(words)].map(({ 0: word, index }) => {
    // The possessive is none of the name.
    const bare = /^s['’]/i.test(`${word.at(-1)}${word.at(-2)}`) ? word.slice(0, -2) : word;
    return { text: bare, start: index, end: index + bare.length };
  });
}

/** Whether a word begins with a small letter, or with one of a script that has none of both. */
export function beginsSmall(word: string): boolean {
  const code = word.charCodeAt(0);
  return code < 0x80 ? code >= 0x61 : !/^\p{Lu}/u.test(word);
}

/** Capital first and more after it, or capitals alone. */
export const isCapitalised = (word: string): boolean =>
  /^\p{Lu}(?:[\p{Ll}\p{M}]|['’]\p{Lu}[\p{Ll}\p{M}])|^\p{Lu}{3}/u.test(word);

/** Words between the parts of a family name. */
export const isParticle = (word: string): boolean =>
  /^(?:von|van|de|del|della|di|da|du|dos|la|le|der|den|zu|zur|vom|ten|ter|bin|al|af|av|y|e)$/u.test(word);

/** Words that stand capitalised beside names and are none: functions, days, months, forms of address, courts, verbs of headings. */
const otherWords = new Set(
  (
    'all any and are as at but by can could did do does don’t for from had has have he her here hers his how i if in is it its just let may me my no not of on or our ours please she should so than thank thanks that the their them then there these they this those to too us was we were what when where which who why will with would yes you your yours also after before since because until while although however still only even now ' +
    'der die das den dem des ein eine einer eines einem einen und oder aber wenn weil dass daß ich du er sie es wir ihr mein dein sein unser euer ist sind war waren hat haben wird werden kann können muss müssen soll sollen nicht kein keine mit ohne für von vom zu zum zur bei beim nach vor seit auf aus an am im in bis durch gegen um über unter als wie was wer wo wann warum bitte danke auch nur noch ' +
    'le la les un une des du de et ou mais si je tu il elle nous vous ils elles mon ton son notre votre est sont était ont avec sans pour par dans sur sous chez merci bonjour ce cette ces qui que quoi quand ' +
    'el los las una unos unas y o pero si yo tú él ella nosotros ustedes mi su es son era con sin para por en sobre gracias este esta que cuando ' +
    'il lo gli i uno e ma se io lui lei noi voi loro mio tuo suo è sono con senza per da in su grazie questo questa che quando ' +
    'see time policy standard general manual one two three first second third last warning administration capital networks network league union daily weekly news newsletter times journal magazine today yesterday tomorrow online free empire world international national american european monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag january february march april june july august september october november december januar jänner februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'cher chère estimado estimada querido querida caro cara gentile egregio egregia liebe lieber liebes sehr geehrte geehrter grüße grüßen gruß wünsche avv dott dottoressa sig lic ing mag dipl lien link key e-mail email tel fax mr mrs ms miss dr prof sir madam herr herrn frau monsieur madame señor señora signor signora president secretary department director manager senator minister judge court state states united kingdom government army congress senate university college school institute hospital bank church council commission committee agency ministry office corporation company inc ltd gmbh ag association foundation party union street road avenue square city county country north south east west northern southern eastern western section article chapter table figure page appendix part clause paragraph item note act law code version release linux windows unix internet web mail email http list group team re fwd fw subject date from to cc sent wrote writes said sagte schrieb dear hi hello hallo regards best cheers sincerely ' +
    'abschnitt artikel kapitel tabelle abbildung seite anhang teil absatz punkt gesetz gericht amt vertrag herren damen straße platz ' +
    // What fields of forms are called.
    'family familie famille familia famiglia eheleute eheleuten ehepaar geschwister geschwistern ' +
    'address addresses phone telephone mobile number numbers name names birth contact customer patient client tenant landlord signature ' +
    'adresse anschrift telefon handy nummer nummern geburtsdatum kunde kundin patientin mandant mandantin mieter mieterin vermieter unterschrift ' +
    'téléphone numéro nom prénom naissance dirección teléfono número nombre apellidos nacimiento indirizzo telefono numero nome cognome nascita'
  ).split(' '),
);

/** A capitalised word that may be a name. */
export const mayBeName = (word: string): boolean =>
  !beginsSmall(word) && isCapitalised(word) && !otherWords.has(word.toLowerCase());

/** Months that are names of people, too. */
const calendarNames = new Set('may march april june august mai avril abril'.split(' '));
/** Words of grammar, places and callings that are names of people, too. */
const otherNames = new Set('will law page best church court west north street judge'.split(' '));

/** A capitalised word that is a name only where what stands around it says so: `Mr May`, `Dear Will`. */
export const isNameInPlace = (word: string): boolean =>
  isCapitalised(word) && (calendarNames.has(word.toLowerCase()) || otherNames.has(word.toLowerCase()));

/** What begins a sentence, an item or a quote. */
const opening = /(?:^|[.!?:;•*>()[\]{}"“”„«»\n])[ \t\u00a0]{0,4}$/u;
/** What follows a verb that begins a question: `Will you`, `May the`. */
const afterVerb =
  /^[ ](?:I|you|he|she|it|we|they|there|this|that|these|those|the|an?|my|your|our|their|his|her|not|be|any|all|one)(?![\p{L}])/iu;
const beforeMonth =
  /(?:\p{N}(?:st|nd|rd|th|\.)?(?:[ ]of)?|(?<!\p{L})(?:in|since|until|till|during|early|late|mid|last|next|im|seit|bis|Anfang|Mitte|Ende|en|début|fin))[ -]$/iu;
const beforeThing = /(?<!\p{L})(?:the|an?|this|last|living|der|die|das|den|dem|des|le|la|el|il)[ ]$/iu;

/**
 * Whether a word that is also a name stands as the word: a month beside its day, a question's verb, a testament. What is in
 * doubt is the name.
 */
export function standsAsWord(text: string, start: number, end: number): boolean {
  const word = text.slice(start, end).toLowerCase();
  const before = text.slice(Math.max(0, start - 16), start);
  const after = text.slice(end, end + 12);
  if (/^['’]s(?!\p{L})/iu.test(after)) return false;
  if (/^[ .]{1,2}\p{N}/u.test(after) || (calendarNames.has(word) && beforeMonth.test(before))) return true;
  return (opening.test(before) && afterVerb.test(after)) || (otherNames.has(word) && beforeThing.test(before));
}
