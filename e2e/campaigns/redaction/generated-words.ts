/** The kinds that a generated text has, as its fields are called. */
export type FieldKind =
  | 'email'
  | 'phone'
  | 'iban'
  | 'card'
  | 'national-number'
  | 'ip-address'
  | 'secret-link'
  | 'secret'
  | 'address'
  | 'birth-date';

/** What a language says around the pieces. `said` has a sentence for any piece, `about` for people, `plain` for nobody. */
export type LanguageWords = {
  readonly greetings: readonly string[];
  readonly closings: readonly string[];
  readonly titles: readonly string[];
  readonly name: string;
  readonly fields: Readonly<Record<FieldKind, string>>;
  readonly said: readonly ((piece: string) => string)[];
  readonly about: readonly ((name: string) => string)[];
  readonly born: (date: string) => string;
  readonly firm: (firm: string) => string;
  readonly plain: readonly string[];
  readonly date: (day: number, month: number, year: number) => string;
};

const months =
  (list: string) =>
  (month: number): string =>
    list.split(' ')[month - 1] ?? '';
const english = months('January February March April May June July August September October November December');
const german = months('Januar Februar März April Mai Juni Juli August September Oktober November Dezember');
const french = months('janvier février mars avril mai juin juillet août septembre octobre novembre décembre');
const spanish = months('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre');

/** Five languages, in the words of letters, forms and mail. */
export const generatedWords: Readonly<Record<'en' | 'de' | 'fr' | 'es' | 'it', LanguageWords>> = {
  en: {
    greetings: ['Dear', 'Hello', 'Hi'],
    closings: ['Kind regards,', 'Yours sincerely,', 'Thanks,', 'Best,'],
    titles: ['Mr', 'Ms', 'Dr', 'Prof.'],
    name: 'Name',
    fields: {
      email: 'E-mail',
      phone: 'Phone',
      iban: 'IBAN',
      card: 'Card',
      'national-number': 'Number',
      'ip-address': 'Address of the server',
      'secret-link': 'Link',
      secret: 'Key',
      address: 'Address',
      'birth-date': 'Date of birth',
    },
    said: [
      (piece) => `Please use ${piece} from now on.`,
      (piece) => `We noted ${piece} in the file (see above).`,
      (piece) => `It was changed to ${piece}, as agreed.`,
    ],
    about: [
      // Nothing here says that a person is meant.
      (name) => `In the stairwell ${name} left a bicycle in May.`,
      (name) => `Nobody but ${name} had the second key.`,
      (name) => `The claim of ${name} is still open.`,
      (name) => `We spoke with ${name} about the damp in the kitchen.`,
      (name) => `${name} has signed the lease.`,
    ],
    born: (date) => `The tenant was born on ${date} and moved in last year.`,
    firm: (firm) => `The repairs were done by ${firm} in spring.`,
    plain: [
      'The meeting of 12 March 2026 took 3.5 hours and cost 1,200.50 euros.',
      'Version 2.14.3 has 1 048 576 rows in 16 384 columns.',
      'See section 4.1.2 on page 245 and table 12-4.',
      'The notice period is three months to the end of a quarter.',
      'Order no. 20 was delivered at 10:45, order no. 21 was not.',
    ],
    date: (day, month, year) => `${day} ${english(month)} ${year}`,
  },
  de: {
    greetings: ['Liebe', 'Hallo', 'Sehr geehrter'],
    closings: ['Mit freundlichen Grüßen', 'Viele Grüße', 'Beste Grüße', 'LG'],
    titles: ['Herr', 'Frau', 'Dr.', 'Frau Dr.'],
    name: 'Name',
    fields: {
      email: 'E-Mail',
      phone: 'Telefon',
      iban: 'IBAN',
      card: 'Karte',
      'national-number': 'Nummer',
      'ip-address': 'Rechner',
      'secret-link': 'Verweis',
      secret: 'Schlüssel',
      address: 'Anschrift',
      'birth-date': 'Geburtsdatum',
    },
    said: [
      (piece) => `Bitte ab sofort ${piece} verwenden.`,
      (piece) => `Im Akt steht ${piece} (siehe oben).`,
      (piece) => `Geändert auf ${piece}, wie vereinbart.`,
    ],
    about: [
      // Nothing here says that a person is meant.
      (name) => `Im Stiegenhaus ließ ${name} im Mai ein Fahrrad stehen.`,
      (name) => `Niemand außer ${name} hatte den zweiten Schlüssel.`,
      (name) => `Der Antrag von ${name} ist noch offen.`,
      (name) => `Wir haben mit ${name} über die Wohnung gesprochen.`,
      (name) => `${name} hat den Vertrag unterschrieben.`,
    ],
    born: (date) => `Die Mieterin, geboren am ${date}, wohnt seit Jahren hier.`,
    firm: (firm) => `Die Arbeiten wurden von ${firm} im Frühling erledigt.`,
    plain: [
      'Die Frist beträgt 14 Tage, siehe § 12 Abs. 3 und Tabelle 4.',
      'Die Sitzung vom 12. März 2026 dauerte 3,5 Stunden und kostete 1.200,50 Euro.',
      'Der Vertrag läuft auf unbestimmte Zeit und kann zum Quartal gekündigt werden.',
      'Die Rechnung Nr. 20 ist bezahlt, die Rechnung Nr. 21 nicht.',
      'Im Anhang finden sich Lageplan, Grundbuchauszug und Energieausweis.',
    ],
    date: (day, month, year) => `${day}. ${german(month)} ${year}`,
  },
  fr: {
    greetings: ['Cher', 'Chère', 'Bonjour'],
    closings: ['Cordialement,', 'Salutations,', 'Merci,', 'Bises'],
    titles: ['M.', 'Mme', 'Monsieur', 'Madame'],
    name: 'Nom',
    fields: {
      email: 'Courriel',
      phone: 'Téléphone',
      iban: 'IBAN',
      card: 'Carte',
      'national-number': 'Numéro',
      'ip-address': 'Serveur',
      'secret-link': 'Lien',
      secret: 'Clé',
      address: 'Adresse',
      'birth-date': 'Date de naissance',
    },
    said: [
      (piece) => `Merci d’utiliser ${piece} désormais.`,
      (piece) => `Le dossier mentionne ${piece} (voir plus haut).`,
      (piece) => `Remplacé par ${piece}, comme convenu.`,
    ],
    about: [
      // Nothing here says that a person is meant.
      (name) => `Dans la cage d’escalier ${name} a laissé un vélo en mai.`,
      (name) => `Personne sauf ${name} n’avait la deuxième clé.`,
      (name) => `La demande de ${name} est encore ouverte.`,
      (name) => `Nous avons parlé avec ${name} du logement.`,
      (name) => `${name} a signé le bail.`,
    ],
    born: (date) => `La locataire, née le ${date}, habite ici depuis des années.`,
    firm: (firm) => `Les travaux ont été faits par ${firm} au printemps.`,
    plain: [
      'Le chapitre 7 compte 245 pages et 12 tableaux.',
      'La réunion du 12 mars 2026 a duré 3,5 heures et a coûté 1 200,50 euros.',
      'Le délai de préavis est de trois mois, voir l’article 12, alinéa 3.',
      'La facture no 20 est payée, la facture no 21 ne l’est pas.',
    ],
    date: (day, month, year) => `${day} ${french(month)} ${year}`,
  },
  es: {
    greetings: ['Estimada', 'Querido', 'Hola'],
    closings: ['Saludos,', 'Un abrazo,', 'Atentamente,', 'Gracias,'],
    titles: ['Sr.', 'Sra.', 'Señora', 'Don'],
    name: 'Nombre',
    fields: {
      email: 'Correo',
      phone: 'Teléfono',
      iban: 'IBAN',
      card: 'Tarjeta',
      'national-number': 'Número',
      'ip-address': 'Servidor',
      'secret-link': 'Enlace',
      secret: 'Clave',
      address: 'Dirección',
      'birth-date': 'Fecha de nacimiento',
    },
    said: [
      (piece) => `Por favor, use ${piece} a partir de ahora.`,
      (piece) => `En el expediente figura ${piece} (véase arriba).`,
      (piece) => `Se cambió a ${piece}, como acordamos.`,
    ],
    about: [
      // Nothing here says that a person is meant.
      (name) => `En la escalera ${name} dejó una bicicleta en mayo.`,
      (name) => `Nadie salvo ${name} tenía la segunda llave.`,
      (name) => `La solicitud de ${name} sigue abierta.`,
      (name) => `Hablamos con ${name} sobre la vivienda.`,
      (name) => `${name} ha firmado el contrato.`,
    ],
    born: (date) => `La inquilina, nacida el ${date}, vive aquí desde hace años.`,
    firm: (firm) => `Las obras las hizo ${firm} en primavera.`,
    plain: [
      'El capítulo 7 tiene 245 páginas y 12 tablas.',
      'La reunión del 12 de marzo de 2026 duró 3,5 horas y costó 1.200,50 euros.',
      'El plazo es de tres meses, véase el artículo 12, apartado 3.',
      'La factura núm. 20 está pagada, la factura núm. 21 no.',
    ],
    date: (day, month, year) => `${day} de ${spanish(month)} de ${year}`,
  },
  it: {
    greetings: ['Cara', 'Caro', 'Gentile'],
    closings: ['Cordiali saluti', 'Grazie,', 'Un abbraccio,', 'Distinti saluti'],
    titles: ['Signora', 'Sig.', 'Dott.', 'Avv.'],
    name: 'Nome',
    fields: {
      email: 'Posta',
      phone: 'Telefono',
      iban: 'IBAN',
      card: 'Carta',
      'national-number': 'Numero',
      'ip-address': 'Server',
      'secret-link': 'Collegamento',
      secret: 'Chiave',
      address: 'Indirizzo',
      'birth-date': 'Data di nascita',
    },
    said: [
      (piece) => `Da ora in poi usare ${piece} per favore.`,
      (piece) => `Nella pratica risulta ${piece} (vedi sopra).`,
      (piece) => `Cambiato in ${piece}, come d’accordo.`,
    ],
    about: [
      // Nothing here says that a person is meant.
      (name) => `Nelle scale ${name} ha lasciato una bicicletta a maggio.`,
      (name) => `Nessuno tranne ${name} aveva la seconda chiave.`,
      (name) => `La richiesta di ${name} è ancora aperta.`,
      (name) => `Abbiamo parlato con ${name} dell’appartamento.`,
      (name) => `${name} ha firmato il contratto.`,
    ],
    born: (date) => `L’inquilina, nata il ${date}, abita qui da anni.`,
    firm: (firm) => `I lavori sono stati fatti da ${firm} in primavera.`,
    plain: [
      'Il capitolo 7 ha 245 pagine e 12 tabelle.',
      'La riunione del 12 marzo 2026 è durata 3,5 ore ed è costata 1.200,50 euro.',
      'Il preavviso è di tre mesi, si veda l’articolo 12, comma 3.',
      'La fattura n. 20 è pagata, la fattura n. 21 no.',
    ],
    date: (day, month, year) => `${day}/${month}/${year}`,
  },
};
