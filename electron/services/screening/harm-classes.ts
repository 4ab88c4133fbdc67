/** One sort of content: words that must be there, and what around them makes it more or less likely to harm. */
export type HarmClass = {
  readonly name: 'weapons' | 'drugs' | 'self-harm' | 'hatred' | 'threat' | 'minors';
  /** Without one of these nothing is weighed. */
  readonly core: RegExp;
  /** Log-odds with the core alone. */
  readonly bias: number;
  /** What each adds to the log-odds where it occurs in the surroundings. */
  readonly cues: readonly { readonly pattern: RegExp; readonly weight: number }[];
};

/** Words of those who report, judge, treat or prevent: what laws, records and news speak of is not harm. */
const reporting =
  /(?<!\p{L})(?:court|judge|convict|sentenced|statute|offen[cs]e|prosecut|indict|defendant|arrest|police|investigat|crime|criminal law|illegal|prohibit|treaty|convention|history|historian|century|propaganda|hate speech|victim|survivor|patient|treatment|therap|hospital|diagnos|symptom|antidote|poisoning|prevent|museum|defus|novel|film|gericht|urteil|angeklagt|strafbar|stgb|verurteil|polizei|ermittl|verbot|geschichte|opfer|behandlung|vergiftung|tribunal|accusé|interdit|histoire|victime|delito|víctima|prohibid|tribunale|reato|vittim|vietat|§)/iu;
const helping =
  /(?<!\p{L})(?:hotline|helpline|lifeline|crisis|samaritans|seek help|get help|reach out|therapist|counsel|you are not alone|emergency (?:number|services)|telefonseelsorge|krisen|hilfe|notruf|psycholog|sos amitié|aide|ayuda|teléfono de la esperanza|aiuto|telefono amico)/iu;
const quantities =
  /\d\s?(?:g|mg|kg|ml|l|cl|oz|grams?|gramm|millilit(?:er|re)s?|ounces?|cups?|parts?|teile|grammes?|gramos|grammi|°\s?[CF]|degrees|volts?|inch(?:es)?|cm|mm)(?!\p{L})/iu;
const steps =
  /(?:^|\n)\s{0,6}(?:\d{1,2}[.)]|step \d|schritt \d|étape \d|paso \d|passo \d|[-*•])\s|(?<!\p{L})(?:you(?:['’]ll| will)? need|first,|materials|ingredients|zutaten|du brauchst|sie brauchen|il vous faut|necesitas|ti serve|next,|then)(?!\p{L})/iu;
const making =
  /(?<!\p{L})(?:how to (?:make|build|create|prepare)|(?:make|build|mix|combine|pour|pack|fill|attach|connect|wire|light|ignite|seal|insert|assemble|grind|dissolve|stir|add) (?:the|a|an|it|in|with|your|some|one|two)|baue?|mische?|fülle?|verbinde|entzünde|zünde|mélange[rz]?|remplis(?:sez)?|mezcl[ae]|rellen[ae]|mescola|riempi)(?!\p{L})/iu;
const killing =
  /(?<!\p{L})(?:casualties|crowd|as many people|kill (?:people|everyone|them)|target|möglichst viele|menschenmenge|un maximum de|el mayor número)(?!\p{L})/iu;

const groups =
  'jews|muslims|christians|blacks?|black people|whites|white people|immigrants|migrants|refugees|asylum seekers|gays|lesbians|homosexuals|trans(?:gender)? people|women|gypsies|roma|arabs|asians|mexicans|africans|disabled people|juden|muslime|moslems|schwarze|ausländer|flüchtlinge|migranten|schwule|zigeuner|frauen|behinderte|juifs|musulmans|noirs|immigrés|judíos|musulmanes|negros|inmigrantes|ebrei|musulmani|neri|immigrati';
const degraded =
  'vermin|subhumans?|parasites|cockroaches|rats|animals|filth|scum|a disease|a plague|inferior|ungeziefer|untermenschen|parasiten|abschaum|minderwertig|de la vermine|des parasites|des sous-hommes|inférieurs|parásitos|alimañas|inferiores|parassiti|inferiori';
const destroyed =
  'exterminated|gassed|eradicated|wiped out|killed|shot|lynched|burned|eliminated|hanged|vergast|ausgerottet|vernichtet|erschossen|getötet|exterminés|éliminés|tués|exterminados|eliminados|sterminati|eliminati|uccisi';

/**
 * Weights are set by hand and judged on the texts of the test and of the campaign `screening`; the limits are those of
 * words: what is put politely, in other languages, or in code is not seen, and nothing here is a judgement of a person.
 */
export const harmClasses: readonly HarmClass[] = [
  {
    name: 'weapons',
    core: /(?<!\p{L})(?:(?:pipe|nail|fertili[sz]er|petrol|dirty|pressure[- ]cooker|homemade|car|letter) ?bombs?|molotov(?: cocktails?)?|nitroglycerine?|tatp|acetone peroxide|rdx|petn|explosive (?:device|charge|vest)s?|napalm|sarin|nerve agents?|nerve gas|ricin|mustard gas|chlorine gas|anthrax|botulinum toxin weapon|rohrbomben?|nagelbomben?|sprengs(?:atz|ätze)|sprengfallen?|brands(?:atz|ätze)|giftgas|nervengas|bombes? artisanales?|cocktails? molotov|bombas? caseras?|c[óo]ctel(?:es)? molotov|bomb[ae] artigianal[ei])(?!\p{L})/giu,
    bias: -2,
    cues: [
      { pattern: making, weight: 1.4 },
      { pattern: quantities, weight: 1.2 },
      { pattern: steps, weight: 0.8 },
      { pattern: killing, weight: 1 },
      { pattern: reporting, weight: -2.5 },
    ],
  },
  {
    name: 'drugs',
    core: /(?<!\p{L})(?:methamphetamine|crystal meth|fentanyl|mdma|ecstasy|heroin|lsd|crack cocaine|ghb|methamphetamin|kokain|héroïne|heroína|metanfetamina|eroina)(?!\p{L})/giu,
    bias: -3,
    cues: [
      {
        pattern:
          /(?<!\p{L})(?:synthesi[sz]e|cook(?:ing)?|reflux|precursors?|pseudoephedrine|red phosphorus|distil|recrystalli[sz]e|reduce with|herstellen|kochen|synthetisieren|synthétiser|sintetizar|sintetizzare)(?!\p{L})/iu,
        weight: 1.6,
      },
      { pattern: quantities, weight: 1 },
      { pattern: steps, weight: 0.8 },
      { pattern: making, weight: 0.8 },
      { pattern: reporting, weight: -2.5 },
    ],
  },
  {
    name: 'self-harm',
    core: /(?<!\p{L})(?:kill yourself|end your (?:own )?life|hang yourself|cut yourself|(?:painless|easiest|best|quickest) ways? to (?:die|kill yourself|commit suicide|end it)|better off dead|nobody would miss you|bring dich (?:doch )?um|töte dich|häng dich auf|nimm dir das leben|tue-toi|suicide-toi|pends-toi|mátate|suicídate|ucciditi|ammazzati|impiccati)(?!\p{L})/giu,
    bias: 1,
    cues: [
      { pattern: helping, weight: -3 },
      { pattern: reporting, weight: -1.5 },
      {
        pattern:
          /(?<!\p{L})(?:said|wrote|texted|sagte|schrieb|(?:thoughts?|feel(?:ing)?|urge|risk|plan) (?:of|like|to)|if you)(?!\p{L})/iu,
        weight: -1.5,
      },
    ],
  },
  {
    name: 'hatred',
    core: new RegExp(
      `(?<!\\p{L})(?:${groups})\\s(?:(?:are|should be|must be|deserve to be|have to be|need to be|sind|sollten|müssen|gehören|sont|doivent être|son|deben ser|sono|devono essere)\\s)(?:(?:all|nothing but|just|like|alle|nur|tous|todos|tutti)\\s){0,2}(?:${degraded}|${destroyed})(?!\\p{L})`,
      'giu',
    ),
    bias: 1.5,
    cues: [
      { pattern: reporting, weight: -2.5 },
      {
        pattern:
          /(?<!\p{L})(?:claimed?|alleg|quot|said|called|myth|stereotype|racis[tm]|antisemit|nazi|discriminat|behaupt|bezeichne|rassis)/iu,
        weight: -2,
      },
    ],
  },
  {
    name: 'threat',
    core: /(?<!\p{L})(?:(?:i|we)(?:['’]ll| will|['’]m going to| am going to| are going to) (?:kill|murder|stab|shoot|hurt|find and kill|burn) (?:you|your (?:family|children|kids|wife|husband))|(?:ich|wir) (?:bringe|bringen) (?:dich|euch|sie) um|(?:ich|wir) werden? (?:dich|euch) (?:töten|umbringen)|je vais te tuer|te voy a matar|ti ammazzo)(?!\p{L})/giu,
    bias: 1,
    cues: [
      { pattern: reporting, weight: -2.5 },
      {
        pattern:
          /(?<!\p{L})(?:said|shouted|wrote|message read|character|scene|chapter|dialogue|sagte|schrieb|rief)(?!\p{L})|["“„«][^"”“»\n]{0,200}$/iu,
        weight: -1.5,
      },
    ],
  },
  {
    name: 'minors',
    core: /(?<!\p{L})(?:erotic|porn(?:ographic)?|orgasm|masturbat\p{L}*|fuck(?:ed|ing|s)?|blow ?job|sexy|sexually arous\p{L}*|erotisch\p{L}*|nackt\p{L}*|érotique|erótic[oa]|erotic[oa])(?!\p{L})/giu,
    bias: -2,
    cues: [
      {
        pattern:
          /(?<!\p{L})(?:(?:[3-9]|1[0-5])[- ]years?[- ]old|little (?:girl|boy)|child(?:ren)?|toddler|schoolgirl|preteen|underage|(?:[3-9]|1[0-5])[- ]jährige?[rs]?|kleine[sn]? mädchen|kind(?:er)?|petite fille|enfant|niñ[oa]s?|bambin[oaie])(?!\p{L})/iu,
        weight: 3,
      },
      { pattern: reporting, weight: -2.5 },
      {
        pattern:
          /(?<!\p{L})(?:abuse|protect|parental|consent|education|laws?|filter|report|missbrauch|schutz|jugendschutz|aufklärung|protection|protección|tutela)(?!\p{L})/iu,
        weight: -2.5,
      },
    ],
  },
];
