/* Forms of numbers in a query: of clauses, of places in the law, of notes, money and days. */

export const UNITS = { section: 'sections?|secs?|ss?', regulation: 'regulations?|regs?', article: 'articles?|arts?',
  schedule: 'schedules?|scheds?|schs?', paragraph: 'paragraphs?|paras?|pp?|¶', part: 'parts?|pts?', rule: 'rules?|rr?',
  clause: 'clauses?|cls?', chapter: 'chapters?|chs?', page: 'pages?|pgs?' };
/* No word goes on. */
const END = '(?![\\p{L}\\p{N}])', STOP = '(?=$|[\\s,;?])', START = '(^|\\s)';
const LEVELS = '((?:\\s*\\([a-z0-9]{1,5}\\))*)';
const PINPOINT = new RegExp('(^|[^\\p{Alphabetic}\\p{N}])(?:' + Object.values(UNITS).map(unit => '(' + unit + ')').join('|')
  + ')\\.?\\s*(\\d+(?:\\.\\d+)*[a-z]{0,2})' + LEVELS + END, 'giu');
const NUMBER = new RegExp('(^|[\\s,;])¶?((?:[a-z]\\.)?\\d+(?:\\.\\d+)*[a-z]{0,2})' + LEVELS + STOP, 'giu');

export const MONTHS = 'January February March April May June July August September October November December'.split(' ');
/* After a figure: it counts something, or is the day of a month. */
const COUNTED = new RegExp('^\\s*(?:%|(?:per ?cent|million|billion|thousand|hundred|years?|months?|weeks?|days?|hours?|pages?|pence|p|'
  + MONTHS.map(month => month.slice(0, 3) + '[a-z]*').join('|') + ')(?![a-z]))', 'i');
const MONEY = /£\s*(\d[\d,.]*?)\s*(k|m|mn|bn)(?![a-z])/gi, OF_MONEY = { k: 'thousand', m: 'million', mn: 'million', bn: 'billion' };
const DATE = new RegExp(START + '(\\d{1,2})[/.](\\d{1,2})[/.]((?:19|20)?\\d\\d)' + STOP, 'g');
const FRACTION = new RegExp(START + '([123])/([234])' + STOP, 'g'), PARTS_OF = ['', '', 'half', 'third', 'quarter'];
/* "Q7" is question 7. */
const QUESTION = new RegExp(START + 'q\\.?(\\d+)' + STOP, 'gi');
export const NOTE_NUMBER = new RegExp(START + '(?:foot|end)?notes?\\s*(\\d{1,3})' + STOP, 'gi');
/* A phrase, a word or a number that no result may have: "-police", "-2004". */
export const MINUS = /(^|\s)[-–−](?:["“”«»]([^"“”«»]+)(?:["“”«»]|$)|([\p{L}\p{N}£][\p{L}\p{N}'’]*(?:[.,]\p{N}+)*))/gu;

/* A clause of a series: "schedule 2, paragraph 3", "annex B 4(1)". */
export const SERIES = new RegExp('(\\p{L}+)[\\s-]+(\\d{1,3}[a-z]?|[a-z]|[ivxl]{1,6})\\s*[.,:]?\\s*(?:[\\p{L}§¶]+\\.?\\s*)?(\\d+(?:\\.\\d+)*[a-z]{0,2})' + LEVELS + END, 'giu');

/** A query with forms of money, dates, fractions and questions as papers write them: "£34m", "9/3/2009", "2/3", "Q7". */
export const spelled = query => query
  .replace(MONEY, (whole, number, unit) => '£' + number + ' ' + OF_MONEY[unit.toLowerCase()])
  .replace(DATE, (whole, before, day, month, year) => !MONTHS[month - 1] || day > 31 ? whole
    : before + Number(day) + ' ' + MONTHS[month - 1] + ' ' + (year.length > 2 ? year : '20' + year))
  .replace(FRACTION, (whole, before, some, all) => before + (some > 1 ? ['two', 'three'][some - 2] + ' ' + PARTS_OF[all] + 's' : 'one ' + PARTS_OF[all]))
  .replace(QUESTION, '$1question $2');

/** Takes the numbers and the places in the law out of a query: gives the rest, and what they are, with their words. */
export const numbersIn = query => {
  const law = [], clauses = [];
  const levels = text => text.match(/[a-z0-9]+/gi) || [];
  let rest = query.replace(PINPOINT, (whole, before, ...groups) => {
    const units = Object.keys(UNITS), unit = units[groups.findIndex(group => group !== undefined)];
    const [number, inner] = groups.slice(units.length);
    const last = law[law.length - 1];
    const path = [unit, number, ...levels(inner)];
    if (last && unit === 'paragraph') { last.path.push(...path); last.words += ' ' + whole; }
    else if (unit === 'paragraph' || unit === 'clause') clauses.push({ number, inner: levels(inner), sure: true, words: whole });
    else law.push({ path, words: whole });
    return before + ' ';
  });
  rest = rest.replace(NUMBER, (whole, before, number, inner, at, all) => {
    /* A bare figure may be a number, but a year is none, nor the day of a month. */
    const sure = /\d\.\d/.test(number) || inner !== '', counts = COUNTED.test(all.slice(at + whole.length)) || /£\s*$/.test(all.slice(0, at));
    if (!counts && (sure || number.length < 4)) clauses.push({ number, inner: levels(inner), sure, words: sure ? whole : '' });
    return sure && !counts ? ' ' : whole;
  });
  return { rest, law, clauses };
};
