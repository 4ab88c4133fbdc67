/** Words that order a model about; `follows` must stand in what comes after them. All expressions are global. */
export type OrderPattern = { readonly pattern: RegExp; readonly follows?: RegExp };

const gap = String.raw`[\s,;:"'’“”()]{1,4}`;
const orderOf = (...parts: readonly string[]): OrderPattern => ({
  pattern: new RegExp(String.raw`(?<!\p{L})${parts.join(gap)}(?!\p{L})`, 'giu'),
});
/** Up to so many of some small words, each with what parts it from the next. */
const some = (words: string, most: number): string => `(?:(?:${words})${gap}){0,${most}}`;

/** “Ignore all previous instructions” and its kin. Nothing that lawyers and physicians write may match: see the test. */
const forgetting: readonly OrderPattern[] = [
  orderOf(
    "(?:ignor(?:e|ing)|disregard|forget|override|bypass|pay no attention to|stop following|(?:do not|don[’']?t) (?:follow|obey))",
    `${some('all|any|every|everything|of|the|your|these|those|other|and', 5)}(?:previous(?:ly)?|prior|above|earlier|preceding|foregoing|existing|original|initial|system|safety|developer)`,
    `${some('system|safety|chat|user|and|or|given|assistant', 3)}(?:instructions?|prompts?|guidelines?|directives?|commands?|programming)`,
  ),
  orderOf(
    '(?:ignore|disregard|forget|override|bypass)',
    `${some('all|any|every|of', 2)}your`,
    `${some('previous|prior|own|current|safety|system|content|ethical|internal|original|initial', 3)}(?:instructions?|guidelines?|training|programming|rules|prompts?|polic(?:y|ies)|restrictions?|filters?|safeguards?)`,
  ),
  orderOf(
    '(?:ignore|disregard|forget)',
    `${some('all|any|of|the', 3)}(?:previous|prior|above|preceding)`,
    '(?:context|rules|text|conversation|input)',
    '(?:and|then|instead)',
  ),
  orderOf(
    '(?:ignore|disregard|forget)',
    '(?:everything|all)',
    some('that', 1) + '(?:above|before this|you (?:were|have been|know))',
  ),
  orderOf(
    '(?:ignorier(?:e|en|t)?|missacht(?:e|en|et)|vergiss|vergesst|vergessen|übergeh(?:e|en|t)|umgeh(?:e|en|t))',
    `${some('sie|du|bitte|jetzt|nun|alle|alles|sämtliche|die|diese|deine|ihre|aller?', 5)}(?:vorherigen?|bisherigen?|obigen?|früheren?|vorangegangenen?|vorigen?|ursprünglichen?|vorhergehenden?|system-?)`,
    '(?:anweisung|instruktion|vorgabe|befehl|systemvorgabe|aufforderung|prompt|richtlinie)(?:en|e|s)?',
  ),
  orderOf(
    '(?:ignore[zs]?|oublie[zs]?|néglige[zs]?|ne (?:tiens|tenez) pas compte (?:de|des)|fais abstraction (?:de|des))',
    `${some('toutes?|tous|les|tes|vos|des|ces|de', 4)}(?:instructions?|consignes?|directives?|ordres|invites?)`,
    '(?:précédentes?|antérieure?s?|ci-dessus|initiales?|données|du système|système|reçues)',
  ),
  orderOf(
    '(?:ignor[ae]n?|ignorad|olvid[ae]n?|olvídate de|omit[ae]n?|haz caso omiso (?:de|a)|no (?:sigas|hagas caso a))',
    `${some('todas?|todos|las|los|tus|sus|estas', 4)}(?:instrucciones|órdenes|indicaciones|directrices|directivas)`,
    '(?:anteriores|previas|de arriba|del sistema|iniciales|recibidas)',
  ),
  orderOf(
    '(?:ignora(?:te|re)?|dimentica(?:te)?|trascura(?:te)?|non seguire)',
    `${some('tutte|le|tue|queste|ogni|qualsiasi', 4)}(?:precedenti${gap})?(?:istruzioni|direttive|indicazioni|comandi)`,
    '(?:precedenti|di cui sopra|del sistema|iniziali|ricevute)',
  ),
  orderOf(
    '(?:ignore|ignora|ignorem|esqueça|desconsidere)',
    `${some('todas?|as|suas|tuas|essas', 3)}(?:instruções|ordens|diretrizes)`,
    '(?:anteriores|prévias|acima|do sistema|iniciais)',
  ),
  orderOf(
    '(?:negeer|vergeet)',
    `${some('alle|de|je|jouw|uw|deze', 3)}(?:vorige|eerdere|voorgaande|bovenstaande|voorafgaande)`,
    '(?:instructies|opdrachten|aanwijzingen|prompts?)',
  ),
  orderOf(
    '(?:zignoruj|zapomnij)',
    some('wszystkie|o', 2) + '(?:poprzednie|wcześniejsze|powyższe|poprzednich)',
    '(?:instrukcj[eai]|polecenia|poleceń)',
  ),
  orderOf(
    '(?:игнорируй(?:те)?|забудь(?:те)?|проигнорируй(?:те)?)',
    some('все|всё|о', 2) + '(?:предыдущие|прежние|вышеуказанные|прошлые)',
    '(?:инструкции|указания|команды)',
  ),
  {
    pattern:
      /(?:忽略|无视|無視|忽視|忘记|忘記)(?:掉)?(?:之前|以上|上述|先前|前面|所有|你的)(?:的)?(?:所有|全部|一切)?(?:的)?(?:系统|系統)?(?:指令|指示|提示|说明|說明)/gu,
  },
  {
    pattern:
      /(?:以前|これまで|上記|上|前)の(?:すべての|全ての)?(?:指示|命令|プロンプト)(?:を|は)(?:すべて)?(?:無視|忘れ)/gu,
  },
];

const disguises: readonly OrderPattern[] = [
  orderOf(
    'you are now',
    `${some('a|an|the|in|no longer|my', 2)}(?:DAN|jailbroken|unrestricted|unfiltered|uncensored|evil|bound by|root|god mode|developer mode)`,
  ),
  orderOf(
    '(?:enter|enable|activate|switch to|switch into)',
    `${some('your|the', 1)}(?:jailbreak|DAN|god|unrestricted|unfiltered|do anything now)`,
    'mode',
  ),
  {
    pattern:
      /(?<!\p{L})(?:pretend|act|behave|respond|answer)\s[^.\n]{0,60}?(?:without|no|free of)\s(?:any restrictions|content restrictions|filters|censorship|safety (?:rules|guidelines)|ethical (?:rules|guidelines))/giu,
  },
  orderOf(
    '(?:du bist|sie sind) (?:jetzt|ab jetzt|nun)',
    some('ein|eine|im|ohne|nicht mehr', 2) +
      '(?:DAN|uneingeschränkte[rs]?|unzensierte[rs]?|entwicklermodus|jailbreak|beschränkungen)',
  ),
  orderOf(
    '(?:reveal|print|output|repeat|leak|disclose|recite|dump)',
    some('to|me|us|the|all|of|your|full|entire|exact|verbatim', 5) + '(?:system|hidden|initial|developer|original)',
    '(?:prompts?|instructions?|messages?)',
  ),
  orderOf(
    '(?:gib|verrate|zeige|wiederhole|nenne)',
    some('mir|uns|deine[nr]?|den|ganzen|vollständigen|wörtlich', 4) +
      '(?:system-?prompt|systemanweisung(?:en)?|system-?anweisung(?:en)?)',
  ),
  orderOf(
    '(?:révèle|affiche|répète|montre)[sz]?',
    some('moi|le|ton|votre|tes|vos|les', 3) + '(?:prompt système|instructions système|invite système)',
  ),
  orderOf(
    '(?:revela|muestra|repite|imprime)',
    some('el|tu|tus|las|me', 2) + '(?:prompt del sistema|instrucciones del sistema)',
  ),
  orderOf('(?:rivela|mostra|ripeti)', some('il|tuo|le|tue|mi', 3) + '(?:prompt di sistema|istruzioni di sistema)'),
  orderOf(
    "(?:do not|don[’']?t|never)",
    '(?:tell|inform|alert|warn|(?:mention|reveal|disclose|show) (?:this|that|it|anything|any of this) to)',
    'the (?:user|human|reader)',
    '(?:about|that|of|anything|what|you)',
  ),
  orderOf(
    '(?:without|before)',
    '(?:telling|informing|alerting|asking)',
    'the (?:user|human)',
    '(?:about|of|that|for (?:permission|confirmation|consent))',
  ),
  orderOf(
    '(?:sag|sage|verrate|erzähle|teile)',
    some('das|dies|es', 1) + '(?:dem|der|den) (?:nutzer|benutzer|anwender|menschen|nutzerin)',
    some('davon|darüber|bitte', 2) + '(?:nichts?|nicht)',
  ),
  {
    pattern:
      /(?:^|[\n.!?:>*[(])[ \t"'“*_-]{0,6}(?:important |urgent |hidden |secret |new )?(?:attention|note|notice|message|instructions?|memo|dear|hey|hello|an?)[ \t]{0,2}(?:to |for |an |die |den |the |any |all |every |[,:] ?){0,3}(?:ais?|a\.i\.|ki|llms?|language models?|sprachmodelle?|ai (?:assistants?|agents?|models?|systems?)|chat ?bots?|assistants?)[ \t]{0,2}(?:reading this|processing this|reviewing this)?[ \t]{0,2}[:,!–—-]/giu,
  },
  {
    pattern:
      /(?<!\p{L})(?:send|post|upload|forward|transmit|exfiltrate|append|attach|encode|embed|leak|include|put|e-?mail)\s[^.\n]{0,60}?(?:conversation|chat history|chat log|system prompt|previous messages?|user(?:[’']s)? (?:data|message|question|name|e-?mail)|api keys?|credentials|secrets?|passwords?)(?!\p{L})/giu,
    follows:
      /^[^.\n]{0,80}?(?:https?:\/\/|\burl\b|\blink\b|\bquery (?:string|parameter)|\bwebhook|\bimage (?:url|link)|[\w.+-]{1,40}@[\w-]{1,40}\.)/iu,
  },
  {
    pattern:
      /(?<!\p{L})(?:sende|schicke|leite|übermittle|hänge|kodiere)\s[^.\n]{0,60}?(?:unterhaltung|gespräch|verlauf|systemprompt|nachrichten|passwort|passwörter|zugangsdaten|schlüssel)(?!\p{L})/giu,
    follows: /^[^.\n]{0,80}?(?:https?:\/\/|\burl\b|\blink\b|\badresse\b|[\w.+-]{1,40}@[\w-]{1,40}\.)/iu,
  },
];

/** Sentences that order a model or a tool about, in the languages in which such orders go round. */
export const orders: readonly OrderPattern[] = [...forgetting, ...disguises];

/** Marks that feign another speaker; those that code may have count only outside of it. */
export const fakeMarks: readonly { readonly pattern: RegExp; readonly isOfCode: boolean }[] = [
  { pattern: /<\|[a-z][a-z_ ]{1,40}\|>/giu, isOfCode: false },
  { pattern: /\[\/?INST\]|<<\/?SYS>>|<\/?s>\s?\[INST\]/gu, isOfCode: false },
  {
    pattern:
      /<\/?(?:system[-_](?:prompt|reminder|message|override|instructions?)|tool[-_](?:calls?|results?|responses?|use)|function[-_](?:calls?|results?)|(?:antml:)[a-z_]{1,30})(?:\s[^<>\n]{0,200})?>/giu,
    isOfCode: false,
  },
  { pattern: /<\/?(?:system|assistant|developer|instructions?|human)>/giu, isOfCode: true },
  {
    pattern: /^[ \t]{0,3}(?:#{3} ?|\[|\*\*)?system (?:prompt|override|message|instructions?)(?:\]|\*\*)? ?:/gimu,
    isOfCode: true,
  },
  { pattern: /^[ \t]{0,3}### ?(?:instructions?|system|assistant|human|response|input) ?: ?$/gimu, isOfCode: true },
  { pattern: /^\s{0,8}\{\s{0,4}"(?:tool_calls?|function_call|tool|function)"\s{0,4}:\s{0,4}[[{"]/gmu, isOfCode: true },
  {
    pattern:
      /^\s{0,8}\{\s{0,4}"name"\s{0,4}:\s{0,4}"[\w.-]{1,64}"\s{0,4},\s{0,4}"(?:arguments|parameters|input)"\s{0,4}:/gmu,
    isOfCode: true,
  },
];
