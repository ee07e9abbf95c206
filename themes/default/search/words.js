/* What a word is, in a text and in a query: as in `search/words.rs`. */

import { min } from './numbers.js';

const WORD = /[\p{Alphabetic}\p{N}]+(?:['’][\p{Alphabetic}\p{N}]+)*/gu;
/* Letters that are letters of their own, with what people type for them: as in `document/letters.rs`. */
const TYPED_AS = new Map(
  'ßss,æae,ðd,øo,þth,đd,ħh,ıi,ĸk,łl,ŋn,œoe,ŧt,ƀb,ƙk,ƚl,ƴy,ƶz,ǥg,ȼc,ɇe,ɉj,ɍr,ɏy,ɓb,ɖd,ɗd,ɨi,ɫl,ɵo,ʉu,ⱡl,ⱥa,ⱦt'
    .split(',').map(pair => [pair[0], pair.slice(1)]));
/* What is not of these characters is rare, and folding it takes time. */
const isRare = text => /[^\x00-\x7f‘’“”–—]/.test(text);
const folded = text => !isRare(text) ? text.toLowerCase()
  : text.normalize('NFKD').replace(/[\p{M}\xad\u200b\u2060\ufeff]/gu, '').toLowerCase().replace(/[ß-ⱦ]/g, letter => TYPED_AS.get(letter) || letter);
/** For each place in a folded text, the place in the text itself. */
const placesIn = text => {
  const places = [];
  let at = 0;
  for (const letter of text) {
    for (let i = folded(letter).length; i > 0; i--) places.push(at);
    at += letter.length;
  }
  return places.concat(at);
};
const plain = word => [...word.replace(/’/g, "'").replace(/'s$/, '').replace(/'/g, '')].slice(0, 64).join('');
/** The words of a text, folded, each with its place in the text. */
export const wordsOf = text => {
  const places = isRare(text) && placesIn(text), place = at => places ? places[at] : at;
  return Array.from(folded(text).matchAll(WORD), found =>
    ({ word: plain(found[0]), at: place(found.index), end: place(found.index + found[0].length) }));
};
/** The same without their places. */
export const plainWords = text => wordsOf(text).map(found => found.word);
/** Endings by which two words may differ and be forms of one, where the vocabulary knows only one of them. */
const ENDINGS = new Set((',s,es,d,ed,ing,e,er,ers,r,rs,y,ies,ied,ly,al,ally,ion,ions,ation,ations,ment,ments,ness,ity,'
  + 'ities,ive,able,ren,ning,ned,ting,ted').split(','));
export const alike = (a, b) => {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  /* "participating" and "participation" share more than what comes before their endings. */
  for (; same >= 4; same--) if (ENDINGS.has(a.slice(same)) && ENDINGS.has(b.slice(same))) return true;
  return false;
};
/* A word of one syllable that has its last letter twice before an ending that begins with a vowel. */
const SHORT = /^[^aeiouy]*[aeiou][^aeiouwxy]$/;
/* American and British spellings. */
const SPELLINGS = [[/or(?=$|s$|a|h)/, 'our'], [/our/, 'or'], [/([iy])z(?=[aei])/, '$1s'], [/([iy])s(?=[aei])/, '$1z'], [/er(?=s?$)/, 're'], [/re(?=s?$)/, 'er'],
  [/ense/, 'ence'], [/og(?=s?$)/, 'ogue'], [/am(?=s?$)/, 'amme'], [/l(?=ing$|ed$|or$|er$)/, 'll'], [/e(?=d)/, 'ae'], [/dgm/, 'dgem']];
/** Ordinary forms of a word, and the words of which it may be one, these first. */
export const inflections = word => {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return [];
  const stems = [], stem = (ending, ...instead) => { if (word.endsWith(ending)) stems.push(...instead.map(end => word.slice(0, -ending.length) + end)); };
  stem('ies', 'y');
  stem('ied', 'y');
  stem('es', '', 'e');
  if (!word.endsWith('es')) stem('s', '');
  for (const ending of ['ing', 'ed']) {
    const root = word.endsWith(ending) ? word.slice(0, -ending.length) : '';
    /* "caring" is of "care" and "running" of "run": of "car" it would have two of its last letter. */
    if (/([bdgmnprt])\1$/.test(root)) stems.push(root.slice(0, -1));
    stem(ending, ...SHORT.test(root) ? ['e'] : ['', 'e']);
  }
  for (const one of [word, ...stems]) for (const [spelled, other] of SPELLINGS) stems.push(one.replace(spelled, other));
  const forms = [...stems, word].filter(one => one.length > 2), last = one => SHORT.test(one) ? one + one[one.length - 1] : one.replace(/e$/, '');
  for (const one of forms.slice()) forms.push(one + 's', last(one) + 'ing', last(one) + 'ed', one.replace(/y$/, 'ies'), one.replace(/y$/, 'ied'));
  return [...new Set(forms)].filter(form => form !== word);
};
/** Words that ask or join: they count for little beside words that tell. */
export const QUIET = new Set(('a about all also am an and any are as at be been being but by can could did do does doing for '
  + 'from get got had has have having he her his how i if in into is it its just like just made make makes may me might '
  + 'more most much must my need needs no not of off on one or other our out over own per percent cent she should so some such than '
  + 'that the their them then there these they this those to under up us use used very was we were what when where '
  + 'whether which while who whom whose why will with within would you your actually anyone anything arent cant come comes coming didnt doesnt '
  + 'dont even ever everyone everything gets getting give gives go goes going happen happens hasnt havent instead isnt ive know long lot lots often '
  + 'please quite really someone something soon still thing things too want wants way whats whos wont yet').split(' '));
/** How many letters were added, lost, changed, or swapped with the next (Damerau and Levenshtein), up to `most`. */
export const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = min(next[j], before[j - 2] + 1);
    }
    if (min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length];
};
export const single = word => word.replace(/(.)\1/g, '$1');
