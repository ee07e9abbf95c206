/* What is shown of what was found. */

import { DOCUMENT, NOTE, SECTION, SYNONYMS } from './index.js';
import { make, phrase } from './markup.js';

/** Which words of a text were found: `words`, and `names` of several words as a whole. */
const hitsIn = (words, { alone, names }) => {
  const hits = words.map(({ word }) => alone.has(word));
  for (const name of names) words.forEach((_, from) => {
    if (name.every((forms, i) => words[from + i] && forms.has(words[from + i].word))) name.forEach((__, i) => { hits[from + i] = true; });
  });
  return hits;
};
const EXCERPT = 42;
/** The words around what was found, with these marked. */
const excerpt = ({ text, words }, marks) => {
  const hits = hitsIn(words, marks);
  let from = 0, best = 0;
  for (let i = 0; i < words.length; i++) if (hits[i]) {
    const seen = new Set(words.slice(i, i + EXCERPT - 6).filter((_, n) => hits[i + n]).map(found => found.word)).size;
    if (seen > best) [best, from] = [seen, i];
  }
  from = Math.max(0, Math.min(from - 6, words.length - EXCERPT));
  const to = Math.min(words.length, from + EXCERPT), line = make('p', { class: 'excerpt' }, from ? '… ' : '');
  let at = from ? words[from].at : 0;
  for (let i = from; i < to; i++) {
    if (!hits[i]) continue;
    const start = i;
    while (hits[i + 1] && i + 1 < to && /^[\s-]*$/.test(text.slice(words[i].end, words[i + 1].at))) i++;
    line.append(text.slice(at, words[start].at), make('mark', {}, text.slice(words[start].at, words[i].end)));
    at = words[i].end;
  }
  line.append(text.slice(at, to < words.length ? words[to - 1].end : text.length), to < words.length ? ' …' : '');
  return line;
};
/** Whole words of a heading: one alone may have a line, of several each a part of it. */
const short = (words, at, all) => { const most = all.length > 1 ? 44 : 90; return words.length > most ? words.slice(0, most).replace(/[,:;–—-]*\s+\S*$/, '') + ' …' : words; };
const item = (shown, marks, jump) => {
  /* 3.37(a): a label in its clause has a place of its own. */
  const inner = jump && jump.inner.every(level => shown.text.includes('(' + level + ')')) ? jump.inner : [];
  const url = shown.url + inner.map(level => '-' + level).join('');
  const { trail } = shown, above = (trail.length > 3 ? [trail[0], '…', trail[trail.length - 2]] : trail.slice(0, -1)).map(short);
  const place = shown.short + (shown.status ? ', ' + shown.status : ''), name = place + (shown.number ? ', ' + shown.number : '');
  const link = make('a', { href: url }, make('span', { class: 'unseen' }, name + '. '), trail[trail.length - 1] || shown.short);
  const found = excerpt(shown, marks);
  if (shown.kind === NOTE) found.prepend(make('b', {}, phrase('search.editors-note')), ' ');
  return make('li', {}, make('p', { class: 'from', 'aria-hidden': 'true' }, make('b', {}, shown.number || ''), ' ', place),
    make('h2', { class: 'result' }, link), found, ...(above.length ? [make('p', { class: 'facts' }, above.join(' › '))] : []));
};
/** The words by which something was found, in all their forms. */
const marksOf = async (index, found) => {
  const quiet = found.tokens.every(token => token.slot.quiet), terms = new Set();
  for (const { slot } of found.tokens) if (quiet || !slot.quiet) for (const { term } of slot.terms) terms.add(term);
  const names = [].concat(...found.also.concat(found.works).map(group => group.names));
  const forms = await index.formsOf(new Set([...terms, ...[].concat(...names)]));
  return { alone: new Set([].concat(...Array.from(terms, term => [...forms.get(term)]))), names: names.map(name => name.map(term => forms.get(term))) };
};
/** The declared synonyms by which results were found, as these print them. */
export const synonymsIn = async (index, found) => {
  const typed = new Set([].concat(...found.tokens.map(({ slot }) => slot.terms.filter(meaning => !meaning.near).map(meaning => meaning.term))));
  const names = [].concat(...found.also.filter(group => group.origin === SYNONYMS).map(group => group.names)).filter(name => !name.every(term => typed.has(term)));
  const forms = await index.formsOf(new Set([].concat(...names))), printed = [];
  for (const name of names) for (const { words, text } of found.items) {
    const from = words.findIndex((_, at) => name.every((term, i) => words[at + i] && forms.get(term).has(words[at + i].word)));
    if (from < 0) continue;
    const own = text.slice(words[from].at, words[from + name.length - 1].end);
    printed.push(/\p{Lu}\S*\p{Lu}/u.test(own) ? own : own.toLowerCase());
    break;
  }
  return printed;
};
/** An item of a list for each clause and passage that was found. */
export const itemsOf = async (index, found) => {
  const marks = await marksOf(index, found);
  return found.items.map(shown => item(shown, marks, found.numbered.get(shown.record)));
};
/** What in the lists, and which documents and headings, the words name. */
export const named = async (index, found) => {
  const records = [];
  for (const group of found.also) records.push({ record: index.entryOf(group), also: true });
  for (const record of found.works.map(index.entryOf).concat(found.titles)) records.push({ record });
  const shown = await Promise.all(records.filter(({ record }) => record >= 0).map(async ({ record, also }) => ({ ...await index.show(record), also })));
  return shown.filter((entry, i) => entry.url && shown.findIndex(other => other.url === entry.url) === i);
};
const kindOf = kind => kind === DOCUMENT ? phrase('script.search.document') : kind === SECTION ? phrase('script.search.heading') : '';
export const placeOf = entry => make('li', {}, make('a', { href: entry.url }, entry.number || entry.trail[entry.trail.length - 1]), ' ',
  make('span', { class: 'facts' }, kindOf(entry.kind) || entry.short));
