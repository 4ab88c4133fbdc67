import { describe, expect, it } from 'vitest';
import { guessLanguage } from './guess-language.ts';

describe('guessLanguage', () => {
  // Catches a question that is sent to a large model because its language was mistaken for one the local model lacks.
  it.each([
    ['What does the contract say about the notice period for the tenant?', 'en'],
    ['Wie lange ist die Kündigungsfrist, und was steht in dem Vertrag über die Kaution?', 'de'],
    ['Quelle est la durée du préavis pour le locataire dans ce contrat ?', 'fr'],
    ['¿Qué dice el contrato de la duración del preaviso para los inquilinos?', 'es'],
    ['Qual è la durata del preavviso per il contratto che non è stato firmato?', 'it'],
    ['Qual é a duração do aviso prévio para os inquilinos que não são donos da casa?', 'pt'],
    ['Wat is de opzegtermijn van het contract en hoe lang is dat voor een huurder?', 'nl'],
    ['Какой срок уведомления указан в договоре?', 'ru'],
    ['契約の通知期間はどのくらいですか', 'ja'],
    ['合同的通知期是多久', 'zh'],
    ['계약의 통지 기간은 얼마입니까', 'ko'],
  ])('knows "%s"', (text, language) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it.each([
    '',
    'notice period',
    'const total = items.reduce((sum, one) => sum + one, 0);',
    'DE89 3704 0044',
    'Berlin?',
  ])('does not guess of "%s"', (text) => {
    expect(guessLanguage(text)).toBeNull();
  });

  it('keeps to the language of an English question that quotes a Greek word', () => {
    expect(guessLanguage('What does the word λόγος mean in the first line of the text?')).toBe('en');
  });
});
