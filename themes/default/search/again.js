/* The best of what was found, looked at once more: by their texts, and by what refers to them. */

import { awaitEach } from './files.js';
import { ENTRY } from './index.js';
import { max, min } from './numbers.js';
import { answerOf } from './questions.js';
import { ANSWERS_WEIGHT, EARLY_WEIGHT, EXPLAINS_WEIGHT, NEAR_WEIGHT, RELATED_WEIGHT, SENTENCE_WEIGHT } from './weights.js';

/** How many of the best are looked at. */
const BEST = 10;
const shownOf = async (index, records) => (await awaitEach(records, index.show)).filter(Boolean);

/** A number that a paper prints comes before one that was counted. */
export const printedFirst = async (index, { score }, list) => {
  for (const { url, record } of await shownOf(index, list.slice(0, BEST))) if (/#para-/.test(url)) score[record] -= .5;
};

/** Records gain by what leads to them: the glossary from a word that the query names, and better records. */
const gainByLinks = async (index, { score, also, titles }, list) => {
  const gains = new Map(), words = also.map(index.entryOf).concat(titles).filter(record => index.kind[record] === ENTRY);
  const gain = (record, by) => { if (score[record]) gains.set(record, max(gains.get(record) || 0, by)); };
  for (const word of await shownOf(index, words)) for (const clause of word.related) gain(clause, EXPLAINS_WEIGHT * score[clause]);
  for (const { record, related } of await shownOf(index, list.slice(0, BEST))) for (const other of related) gain(other, RELATED_WEIGHT * score[record]);
  for (const [record, by] of gains) score[record] += by;
};

/** The best gain by how near the words are to each other, by the share that one sentence has, and by what is like an answer. */
export const lookAgain = async (index, query, result, list, order) => {
  await gainByLinks(index, result, list);
  list.sort(order);
  const telling = result.tokens.filter(token => !token.slot.quiet && token.value), said = new Map();
  for (const { quiet, says, terms } of result.slots) if (!quiet && says) {
    for (const forms of (await index.formsOf(terms.map(meaning => meaning.term))).values()) for (const form of forms) said.set(form, said.get(form) | says);
  }
  const worth = bits => telling.reduce((sum, { bit, value }) => sum + (bits & bit ? value : 0), 0);
  const answer = answerOf(query), best = list.slice(0, BEST);
  for (const { record, text, words } of telling.length ? await shownOf(index, best) : []) {
    const has = words.map(({ word }) => said.get(word) || 0), places = telling.map(({ bit }) => has.flatMap((bits, i) => bits & bit ? i : []));
    let near = 0, sentence = 0, seen = 0, early = 0;
    for (let n = 1; n < places.length; n++) {
      let least = Infinity;
      for (const i of places[n - 1]) for (const j of places[n]) if (i !== j) least = min(least, j > i ? j - i : i - j + 1);
      near += 1 / least / (places.length - 1);
    }
    words.forEach(({ end }, i) => {
      seen |= has[i];
      sentence = max(sentence, worth(seen));
      if (i + 1 < words.length && /[.;:?!•]/.test(text.slice(end, words[i + 1].at))) seen = 0;
    });
    result.score[record] *= 1 + NEAR_WEIGHT * near + SENTENCE_WEIGHT * sentence / worth(-1) + (answer && answer.test(text) ? ANSWERS_WEIGHT : 0);
    for (const at of places) early += at.length ? (1 - at[0] / words.length) / places.length : 0;
    if (places.length < 3) result.score[record] *= 1 + EARLY_WEIGHT * early;
  }
  list.splice(0, best.length, ...best.sort(order));
};
