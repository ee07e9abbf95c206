/* Search. Finds clauses in the index whose format the header of `search.rs` tells, from a folder as from a server: its
   files are scripts, loaded as a query needs them. What is typed never becomes an address or markup. */
'use strict';

window.clausebookWords.add(CATALOGUE);

let clausebookShard;

const clausebookSearch = (() => {
  /* ---- What a word is: as in `search/words.rs`. ---- */

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
  const wordsOf = text => {
    const places = isRare(text) && placesIn(text), place = at => places ? places[at] : at;
    return Array.from(folded(text).matchAll(WORD), found =>
      ({ word: plain(found[0]), at: place(found.index), end: place(found.index + found[0].length) }));
  };
  /** Endings by which two words may differ and be forms of one, where the vocabulary knows only one of them. */
  const ENDINGS = new Set((',s,es,d,ed,ing,e,er,ers,r,rs,y,ies,ied,ly,al,ally,ion,ions,ation,ations,ment,ments,ness,ity,'
    + 'ities,ive,able,ren,ning,ned,ting,ted').split(','));
  const alike = (a, b) => {
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    return same >= 4 && ENDINGS.has(a.slice(same)) && ENDINGS.has(b.slice(same));
  };
  /** Words that ask or join: they count for little beside words that tell. */
  const QUIET = new Set(('a about all also am an and any are as at be been being but by can could did do does doing for '
    + 'from get got had has have having he her his how i if in into is it its just like just made make makes may me might '
    + 'more most much must my need needs no not of off on one or other our out over own per she should so some such than '
    + 'that the their them then there these they this those to under up us use used very was we were what when where '
    + 'whether which while who whom whose why will with within would you your').split(' '));

  /* ---- Files. ---- */

  const arrived = new Map(), asked = new Map(), read = new Map(), missing = new Set();
  clausebookShard = (name, data) => arrived.set(name, data);
  let folder = '', start = null;

  const fetched = (name, address) => new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => { script.remove(); arrived.has(name) ? done(arrived.get(name)) : fail(); };
    script.onerror = () => { script.remove(); fail(); };
    document.head.append(script);
  });
  /** What a file holds, or null if it cannot be had: the search goes on without it, and says so. */
  const file = (name, ending) => {
    const address = folder + name + '-' + ending + '.js';
    if (!asked.has(name)) {
      asked.set(name, fetched(name, address).catch(() => fetched(name, address + '?again')).catch(() => {
        asked.delete(name);
        return null;
      }));
    }
    return asked.get(name).then(data => { if (data === null) missing.add(name); return data; });
  };
  const PARTS = { v: 'words', p: 'postings', x: 'places', t: 'excerpts' };
  /** One shard, parsed once. */
  const shard = async (kind, at, parse) => {
    const key = kind + at, part = start[PARTS[kind]];
    if (read.has(key)) return read.get(key);
    const data = part.data ? part.data[at] : await file(key, part.names.substr(at * 5, 5));
    if (data === null) return null;
    try { read.set(key, parse(data)); } catch (error) { missing.add(key); return null; }
    return read.get(key);
  };

  /* ---- Numbers: as in `search/code.rs`. ---- */

  class Numbers {
    constructor(text, at = 0) { this.text = text; this.at = at; }
    next() { return this.list(1)[0]; }
    /** The next numbers; `sum` gives rising ones, which are written as steps. */
    list(count, sum = false) {
      const { text } = this, list = new Array(count);
      let { at } = this, last = -1;
      for (let i = 0; i < count; i++) {
        let value = 0, weight = 1, digit = 61;
        while (digit > 60) {
          digit = text.charCodeAt(at++) - 35;
          if (digit > 57) digit--;
          if (!(digit >= 0)) throw new Error('damaged');
          value += digit * weight;
          weight *= 30;
        }
        last = sum ? last + value + 1 : value;
        list[i] = last;
      }
      this.at = at;
      return list;
    }
    rising(count) { return this.list(count, true); }
  }
  const numbers = text => { const list = []; for (const n = new Numbers(text); n.at < text.length;) list.push(n.next()); return list; };
  const rising = text => { let value = -1; return numbers(text).map(step => value += step + 1); };
  /** The place of the last that is not above a value, among rising ones; -1 if all are. */
  const place = (list, value) => {
    let low = 0, high = list.length;
    while (low < high) { const middle = low + high >> 1; list[middle] > value ? high = middle : low = middle + 1; }
    return low - 1;
  };

  /* What a record is. */
  const DOCUMENT = 0, SECTION = 1, CLAUSE = 2, PASSAGE = 3, ENTRY = 4, NOTE = 5;
  const isText = kind => kind === CLAUSE || kind === PASSAGE || kind === NOTE;

  /** Reads the first file: what the records are, where the shards begin, and the groups of names. */
  const open = async (base, name) => {
    folder = base;
    const data = await file(...name.split('-'));
    if (data === null) throw new Error(window.clausebookWords('script.search.no-file'));
    const first = JSON.parse(data);
    if (first.version !== 2) throw new Error(window.clausebookWords('script.search.other-version'));
    const kind = [], end = [], gives = [], above = [];
    let giving = 0;
    const add = (what, how) => { kind.push(what); gives.push(how); };
    const close = level => { while (above.length && above[above.length - 1].level >= level) end[above.pop().at] = kind.length; };
    for (const code of numbers(first.records)) {
      if (code < 7) {
        const level = code < 2 ? 0 : code;
        close(level);
        above.push({ at: kind.length, level });
        if (!level) giving = code;
        add(level ? SECTION : DOCUMENT, giving);
      } else if (code === 7) add(PASSAGE, giving);
      else if (code === 8) { close(0); add(ENTRY, 0); }
      else if (code === 9) add(NOTE, giving);
      else for (let n = 9; n < code; n++) add(CLAUSE, giving);
    }
    close(0);
    const groups = [], n = new Numbers(first.groups), known = n.rising(n.next()).concat(n.rising(n.next()));
    const lastPlace = [-1, -1, -1], lastTerm = [-1, -1, -1];
    while (n.at < first.groups.length) {
      const [origin, placeStep, termStep, names] = n.list(4);
      const group = { origin, place: lastPlace[origin] += placeStep + 1, term: lastTerm[origin] += termStep + 1, names: [] };
      for (let i = 0; i < names; i++) group.names.push(n.list(n.next()).map(at => known[at]));
      groups.push(group);
    }
    for (const part of ['postings', 'excerpts', 'more']) first[part].from = rising(first[part].starts || '');
    first.words.from = numbers(first.words.starts || '');
    const lengths = first.lengths && Float32Array.from(numbers(first.lengths), tenth => .9 * (.64 + .036 * (tenth + .5)));
    start = {
      ...first, kind: Uint8Array.from(kind), end, gives, groups, lengths,
      count: kind.length, texts: kind.filter(isText).length, lists: first.lists.map(back => kind.length - back),
    };
    return start;
  };

  /* ---- The vocabulary. ---- */

  const vocabulary = at => shard('v', at, data => {
    const n = new Numbers(data), length = n.next(), from = n.at;
    let next = start.words.from[at], word = '';
    const terms = numbers(data.substr(from, length)).map(back => back ? next - back : next++);
    const words = data.slice(from + length).match(/[A-Z][^A-Z]*/g)
      .map(code => word = word.slice(0, code.charCodeAt(0) - 65) + code.slice(1));
    const forms = new Map();
    terms.forEach((term, i) => forms.has(term) ? forms.get(term).push(words[i]) : forms.set(term, [words[i]]));
    return { words, terms, forms };
  });
  const lookup = async word => {
    const list = await vocabulary(Math.max(0, place(start.words.first, word)));
    const at = list ? place(list.words, word) : -1;
    return at >= 0 && list.words[at] === word ? list.terms[at] : -1;
  };
  /** Every word that begins so, with its term; about as many as asked for. */
  const beginning = async (prefix, most) => {
    const { first } = start.words, found = [];
    for (let at = Math.max(0, place(first, prefix)); at < first.length && found.length < most; at++) {
      if (first[at] > prefix && !first[at].startsWith(prefix)) break;
      const list = await vocabulary(at);
      for (let i = list ? Math.max(0, place(list.words, prefix)) : Infinity; list && i < list.words.length; i++) {
        if (list.words[i].startsWith(prefix)) found.push([list.words[i], list.terms[i]]);
        else if (list.words[i] > prefix) break;
      }
    }
    return found;
  };
  /** Every form, in what has been read of the vocabulary, of each of some terms. */
  const formsOf = async terms => {
    const forms = new Map(Array.from(terms, term => [term, new Set()]));
    for (let at = 0; at < start.words.first.length; at++) {
      const list = start.words.data || read.has('v' + at) ? await vocabulary(at) : null;
      if (list) for (const [term, own] of forms) for (const word of list.forms.get(term) || []) own.add(word);
    }
    return forms;
  };
  /** How many letters were added, lost, changed, or swapped with the next (Damerau and Levenshtein), up to `most`. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length];
  };
  const single = word => word.replace(/(.)\1+/g, '$1');

  /** What a typed word may mean, `{ term, word, worth }` each, and how that was found: as it is, as another form, as the
      beginning of a word, or mistyped. */
  const meanings = async (word, unfinished) => {
    const exact = await lookup(word);
    if (exact >= 0) return { how: 'exact', list: [{ term: exact, word, worth: 1 }] };
    const best = (pairs, how, worth) => {
      const list = new Map();
      for (const [other, term] of pairs) {
        const known = list.get(term);
        if (!known || known.worth < worth(other)) list.set(term, { term, word: other, worth: worth(other) });
      }
      return { how, list: [...list.values()].sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1)).slice(0, 12) };
    };
    if (word.length >= 5) {
      const near = (await beginning(word.slice(0, Math.max(4, word.length - 4)), 400)).filter(([other]) => alike(word, other));
      if (near.length) return best(near, 'form', other => .95 - .02 * Math.abs(other.length - word.length));
    }
    if (word.length >= 6 || unfinished && word.length >= 2) {
      const longer = await beginning(word, 400);
      if (longer.length) return best(longer, 'beginning', other => .9 * Math.pow(word.length / other.length, .25));
    }
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    for (const letter of most && !/^\d/.test(word) ? word.slice(0, 2) : '') {
      let near = [], least = most;
      for (const pair of await beginning(letter, Infinity)) {
        const d = single(word) === single(pair[0]) ? .5 : distance(word, pair[0], Math.ceil(least));
        if (d < least) near = [];
        if (d <= least) { least = d; near.push(pair); }
      }
      if (near.length) return best(near, 'spelling', () => least > 1 ? .6 : .8);
    }
    /* "jobcentre" where the texts have "job centre". */
    for (let cut = 3; cut <= word.length - 3; cut++) {
      const pair = [word.slice(0, cut), word.slice(cut)], terms = await Promise.all(pair.map(lookup));
      if (terms.every(term => term >= 0)) return { how: 'two', list: [], two: terms.map((term, i) => ({ term, word: pair[i], worth: 1 })) };
    }
    return { how: 'none', list: [] };
  };

  /* ---- Postings. ---- */

  /** The most postings of a term that its first list has. */
  const TIER = 4096;
  const postings = async term => {
    const at = place(start.postings.from, term);
    const list = await shard('p', at, data => {
      const n = new Numbers(data), [length] = n.list(2), counts = numbers(data.substr(n.at, length)), terms = [];
      /* The terms with most records come first, in the records and in the weights. */
      const order = counts.map((_, i) => i).sort((a, b) => counts[b] - counts[a] || a - b);
      const kept = i => Math.min(counts[i], TIER);
      n.at += length;
      for (const i of order) terms[i] = { count: counts[i], records: n.rising(kept(i)) };
      for (const i of order) terms[i].weights = n.list(kept(i));
      return terms;
    });
    return list && list[term - start.postings.from[at]] || { count: 0, records: [], weights: [] };
  };
  /** The same with those that few queries need: of a term in very many records, the ones where it says least. */
  const everyPosting = async term => {
    const first = await postings(term), many = first.count > TIER ? start.more.from.indexOf(term) : -1;
    if (many < 0) return first;
    const parts = numbers(start.more.files), from = parts.slice(0, many).reduce((a, b) => a + b, 0);
    const files = Array.from({ length: parts[many] }, (_, i) => file('q' + (from + i), start.more.names.substr((from + i) * 5, 5)));
    const data = await Promise.all(files);
    if (data.includes(null)) return first;
    const n = new Numbers(data.join('')), rest = first.count - first.records.length;
    return { count: first.count, records: first.records.concat(n.rising(rest)), weights: first.weights.concat(n.list(rest)) };
  };
  /** Where a term is, by record; null if that is not kept, as of a term in very many records. */
  const placesOf = async term => {
    const at = place(start.postings.from, term), own = term - start.postings.from[at];
    const list = await postings(term), data = await shard('x', at, text => text);
    if (data === null || list.count > TIER) return null;
    const n = new Numbers(data);
    for (let i = 0; i < own; i++) { const length = n.next(); n.at += length; }
    n.next();
    return new Map(list.records.map(record => [record, n.rising(n.next())]));
  };

  /* ---- The query. ---- */

  const UNITS = { section: 'sections?|secs?|ss?', regulation: 'regulations?|regs?', article: 'articles?|arts?',
    schedule: 'schedules?|scheds?|schs?', paragraph: 'paragraphs?|paras?|¶', part: 'parts?|pts?', rule: 'rules?|rr?',
    clause: 'clauses?|cls?', chapter: 'chapters?|chs?' };
  const LEVELS = '((?:\\s*\\([a-z0-9]{1,5}\\))*)';
  const PINPOINT = new RegExp('(^|[^\\p{Alphabetic}\\p{N}])(?:' + Object.values(UNITS).map(unit => '(' + unit + ')').join('|')
    + ')\\.?\\s*(\\d+(?:\\.\\d+)*[a-z]{0,2})' + LEVELS + '(?![\\p{Alphabetic}\\p{N}])', 'giu');
  const NUMBER = new RegExp('(^|[\\s,;])¶?((?:[a-z]\\.)?\\d+(?:\\.\\d+)*[a-z]{0,2})' + LEVELS + '(?=$|[\\s,;?])', 'giu');

  /* A clause of a series: "schedule 2, paragraph 3", "annex B 4(1)". */
  const SERIES = new RegExp('(\\p{L}+)[\\s-]+(\\d{1,3}[a-z]?|[a-z]|[ivxl]{1,6})\\s*[.,:]?\\s*(?:[\\p{L}§¶]+\\.?\\s*)?(\\d+(?:\\.\\d+)*[a-z]{0,2})' + LEVELS
    + '(?![\\p{L}\\p{N}])', 'giu');

  /** Takes the numbers and the places in the law out of a query: gives the rest, and what they are, with their words. */
  const numbersIn = query => {
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
    rest = rest.replace(NUMBER, (whole, before, number, inner) => {
      /* A bare figure may be a number, but a year is none. */
      const sure = /\d\.\d/.test(number) || inner !== '';
      if (sure || number.length < 4) clauses.push({ number, inner: levels(inner), sure, words: sure ? whole : '' });
      return sure ? ' ' : whole;
    });
    return { rest, law, clauses };
  };

  /** How much each kind of evidence counts. Found by trying, on the judged queries in `tests/search`. */
  const WEIGHT = {
    /* Another name for a word; a word of a name, of a synonym and of any other; such a name as a whole. */
    synonym: 1.1, inSynonym: .3, inName: .25, wholeSynonym: 1.25, wholeName: 2.2, provision: 3,
    /* A word in a heading above, in the document's title, and in both a heading and the text. */
    heading: .8, title: .24, both: .56,
    /* A word that only asks; the share of the words that a record has; a heading that the query says in part and whole. */
    quiet: .19, covered: .25, headingFrom: .45, headingSaid: .5, headingWhole: .5,
    /* A document that gives way; a passage outside clauses; an editor's note; words near each other; early ones; a better record that
       refers to this; a word of the glossary that does. */
    gives: .4, passage: .7, note: .5, near: .5, early: .15, related: .37, explains: .8,
  };
  /** The most words of a query that are looked for. */
  const MOST_WORDS = 32;

  /** The mark of the clauses with this number; of those in a series if there are no others. */
  const markOf = async number => {
    const term = await lookup('#' + number.toLowerCase());
    return term >= 0 ? term : lookup('#.' + number.toLowerCase());
  };

  /** What a query asks for: slots, each a set of terms of which a record should hold one. */
  const understand = async (query, plainly) => {
    const phrases = [];
    const unquoted = query.slice(0, 1000).replace(/["“”«»]([^"“”«»]+)["“”«»]/g, (whole, words) => {
      phrases.push(wordsOf(words).map(found => found.word).slice(0, MOST_WORDS));
      return ' ' + words + ' ';
    });
    const { rest, law, clauses } = numbersIn(unquoted), jumps = [], unknown = [];
    for (const { number, inner, sure, words } of clauses) {
      const term = await markOf(number);
      if (term >= 0) jumps.push({ term, sure, inner }); else unknown.push(words);
    }
    /* A place in the law that nothing cites is looked for in what it is in; if there is none, it is but words. */
    const marks = law.length ? await beginning('@', Infinity) : [], workOf = mark => mark.slice(0, mark.indexOf('/'));
    for (const [, word, label, number, inner] of unquoted.matchAll(SERIES)) {
      const unit = Object.keys(UNITS).find(unit => new RegExp('^(?:' + UNITS[unit] + ')$', 'i').test(word)) || word;
      const term = await lookup(('#' + unit + '-' + label + '.' + number).toLowerCase());
      if (term >= 0) jumps.push({ term, sure: true, inner: inner.match(/[a-z0-9]+/gi) || [] });
    }
    for (const place of law) {
      for (let length = place.path.length; length > 1 && !place.cited; length--) {
        const end = '/' + place.path.slice(0, length).join('/').toLowerCase();
        const cited = marks.filter(([mark]) => workOf(mark) + end === mark);
        if (cited.length) place.cited = cited;
      }
      /* "Rule 12" that no law has may be this site's own. */
      const [, number, ...inner] = place.path, own = place.cited || jumps.length ? -1 : await markOf(number);
      if (own >= 0) jumps.push({ term: own, sure: true, inner });
      if (!place.cited) unknown.push(place.words);
    }
    const tokens = wordsOf(rest + ' ' + unknown.join(' ')).slice(0, MOST_WORDS);
    const slots = [], instead = [], unfinished = !/[\s"”»]$/.test(query);
    for (const [i, token] of tokens.entries()) {
      const { how, list, two } = await meanings(token.word, unfinished && i === tokens.length - 1);
      if (how === 'spelling') instead.push([token.word, list[0].word]);
      token.slot = { token, terms: list, quiet: QUIET.has(token.word), weight: 1, inName: false };
      slots.push(token.slot);
      for (const term of two || []) slots.push({ token, terms: [term], quiet: false, weight: 1, inName: false });
      /* "job centre" where the texts have "jobcentre". */
      const before = tokens[i - 1], pair = before ? await lookup(before.word + token.word) : -1;
      if (pair >= 0) for (const slot of [before.slot, token.slot]) slot.terms.push({ term: pair, word: before.word + token.word, worth: 1.1 });
    }
    /* Names of one thing, the longest first; a word within one counts less by itself. */
    const spans = [], means = tokens.map(token => new Set(token.slot.terms.map(meaning => meaning.term)));
    const begins = new Map();
    means.forEach((terms, i) => { for (const term of terms) begins.set(term, (begins.get(term) || []).concat(i)); });
    for (const group of start.groups) for (const name of group.names) for (const from of begins.get(name[0]) || []) {
      const fits = from + name.length <= tokens.length && name.every((term, i) => means[from + i].has(term));
      if (fits && !(name.length === 1 && tokens[from].slot.quiet) && !(plainly && group.origin < 2)) spans.push({ group, from, to: from + name.length });
    }
    spans.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
    const taken = [], also = [], works = [], whole = new Map();
    for (const { group, from, to } of spans) {
      const key = from + '-' + to;
      if (taken.slice(from, to).some(other => other && other !== key)) continue;
      for (let i = from; i < to; i++) taken[i] = key;
      const list = group.origin === 2 ? works : also, synonym = group.origin === 1;
      if (!list.includes(group)) list.push(group);
      if (to - from === 1) { tokens[from].slot.terms.push({ term: group.term, word: '', worth: WEIGHT.synonym }); continue; }
      for (const { slot } of tokens.slice(from, to)) {
        slot.weight = Math.min(slot.weight, synonym ? WEIGHT.inSynonym : WEIGHT.inName);
        slot.inName = true;
      }
      if (!whole.has(key)) {
        whole.set(key, { terms: [], quiet: false, weight: synonym ? WEIGHT.wholeSynonym : WEIGHT.wholeName, inName: false });
        slots.push(whole.get(key));
      }
      whole.get(key).terms.push({ term: group.term, word: '', worth: 1 });
    }
    /* Of the works that the query names, if it names any that have the place. */
    const named = new Set(works.map(work => marks.find(([, term]) => term === work.term)).filter(Boolean).map(([mark]) => mark));
    for (const { cited } of law.filter(place => place.cited)) {
      const own = cited.filter(([mark]) => named.has(workOf(mark)));
      const terms = (own.length ? own : cited).map(([, term]) => ({ term, word: '', worth: 1 }));
      slots.push({ terms, quiet: false, weight: WEIGHT.provision, inName: false });
    }
    return { tokens, slots, phrases, jumps, also, works, instead };
  };

  /* ---- The ranking. ---- */

  /** The records in which words are side by side; null if that cannot be told. */
  const sideBySide = async words => {
    let before = null;
    for (const word of words) {
      const here = new Map(), { list } = await meanings(word, false);
      const lists = (await Promise.all(list.slice(0, 4).map(meaning => placesOf(meaning.term)))).filter(Boolean);
      if (list.length && !lists.length) {
        /* A word whose places are not kept may be anywhere. */
        if (before) before = new Map(Array.from(before, ([record, at]) => [record, at.map(n => n + 1)]));
        continue;
      }
      for (const places of lists) for (const [record, at] of places) {
        const fits = before ? at.filter(n => (before.get(record) || []).includes(n - 1)) : at;
        if (fits.length) here.set(record, (here.get(record) || []).concat(fits));
      }
      before = here;
    }
    return before;
  };

  /** Gives every record its score. `every` reads all postings, however many. */
  const rank = async (query, { plainly, every } = {}) => {
    const asks = await understand(query, plainly);
    const { kind, end, gives, count, texts, lengths } = start;
    const score = new Float32Array(count), has = new Float32Array(count), told = new Uint8Array(count), said = new Map();
    const telling = asks.jumps.length || asks.slots.some(slot => !slot.quiet && slot.terms.length);
    let whole = 0;
    for (const slot of asks.slots) {
      const own = new Float32Array(count), above = new Float32Array(count), shares = new Map();
      let top = 0;
      for (const { term, worth } of slot.terms) {
        const { count: held, records, weights } = await (every ? everyPosting : postings)(term);
        if (!held) continue;
        const value = worth * Math.max(.01, Math.log(1 + (texts - held + .5) / (held + .5)));
        top = Math.max(top, value);
        for (let i = 0; i < records.length; i++) {
          const record = records[i], weight = weights[i];
          if (isText(kind[record])) {
            own[record] = Math.max(own[record], value * (lengths ? weight / (weight + lengths[record]) : weight / 12));
            continue;
          }
          const down = value * (kind[record] ? WEIGHT.heading : WEIGHT.title) * Math.min(1, .4 + 2 / weight);
          for (let under = record + 1; under < end[record]; under++) if (above[under] < down) above[under] = down;
          own[record] = Math.max(own[record], value);
          shares.set(record, Math.max(shares.get(record) || 0, 1 / weight));
        }
      }
      const quiet = slot.quiet && telling, weight = slot.weight * (quiet ? WEIGHT.quiet : 1), counts = !quiet && !slot.inName;
      if (counts) whole += top * weight;
      for (let record = 0; record < count; record++) {
        const a = own[record], b = isText(kind[record]) ? above[record] : 0;
        if (!a && !b) continue;
        score[record] += weight * (Math.max(a, b) + WEIGHT.both * Math.min(a, b));
        if (!slot.quiet) told[record] = 1;
        if (counts) has[record] += weight * top * (a ? 1 : .6);
      }
      if (slot.token) for (const [record, share] of shares) {
        const of = said.get(record) || { share: 0, tokens: new Set() };
        said.set(record, { share: of.share + share, tokens: of.tokens.add(slot.token) });
      }
    }
    /* A heading or another title of which the query says much. */
    const titles = [];
    for (const [record, { share, tokens }] of said) {
      const full = share > .95 && asks.tokens.every(token => token.slot.quiet || tokens.has(token));
      if (full) titles.push(record);
      if (kind[record] !== SECTION || asks.tokens.length < 3 || share < WEIGHT.headingFrom) continue;
      const gain = 1 + WEIGHT.headingSaid * Math.min(1, share) + (full ? WEIGHT.headingWhole : 0);
      for (let under = record + 1; under < end[record]; under++) score[under] *= gain;
    }
    for (let record = 0; record < count; record++) {
      /* What only asks or joins finds nothing where something tells. */
      if (telling && !told[record]) score[record] = 0;
      if (whole) score[record] *= 1 - WEIGHT.covered * (1 - Math.min(1, has[record] / whole));
      if (gives[record]) score[record] *= WEIGHT.gives;
      if (kind[record] === PASSAGE) score[record] *= WEIGHT.passage;
      if (kind[record] === NOTE) score[record] *= WEIGHT.note;
    }
    /* A number leads to its clause before all else, and a heading's to what is under it. */
    const numbered = new Map();
    for (const jump of asks.jumps) for (const record of (await everyPosting(jump.term)).records) {
      const gain = (jump.sure ? 100 : 20) * (gives[record] ? WEIGHT.gives : 1);
      const under = kind[record] === CLAUSE ? [record] : Array.from({ length: end[record] - record - 1 }, (_, i) => record + 1 + i);
      under.forEach((clause, i) => {
        score[clause] += kind[record] === CLAUSE ? gain : gain / 2 - Math.min(i, 8);
        has[clause] = whole;
      });
      if (kind[record] === CLAUSE) numbered.set(record, jump);
    }
    let apart = false;
    for (const phrase of asks.phrases) {
      const held = await sideBySide(phrase);
      if (held && held.size) score.forEach((_, record) => { if (!held.has(record)) score[record] = 0; });
      else if (held) apart = true;
    }
    /* A clause is found once: in its own words, unless an editor's note in it has more of what is asked. */
    for (let record = 0, own = 0; record < count; record++) {
      if (kind[record] !== NOTE) own = record;
      else if (isText(kind[own]) && score[own] && score[record]) {
        const [kept, other] = has[own] >= has[record] ? [own, record] : [record, own];
        score[kept] = Math.max(score[own], score[record]);
        score[other] = 0;
        own = kept;
      } else if (isText(kind[own]) && score[record]) own = record;
    }
    return { ...asks, score, has, whole, titles, numbered, apart };
  };

  /** A record for readers, with the words of its text; null if its shard cannot be had. */
  const shown = new Map();
  const show = async record => {
    if (shown.has(record)) return shown.get(record);
    const at = place(start.excerpts.from, record), list = await shard('t', at, JSON.parse);
    if (!list) return null;
    const [page, number, fragment, trail, text, related] = list.records[record - start.excerpts.from[at]];
    const [short, address, status] = list.pages[page];
    shown.set(record, { record, kind: start.kind[record], number, trail, text, words: wordsOf(text), related, short, status,
      url: address + (fragment ? '#' + fragment : '') });
    return shown.get(record);
  };

  /** How many of the best records are looked at twice. */
  const BEST = 10;

  /** Finds clauses and passages: all of them in order, the first `most` as readers see them. `only` says which may be found. */
  const find = async (query, options, most) => {
    const result = await rank(query, options);
    const { score, has, whole } = result;
    /* These will be asked for too: they come on the same way. */
    for (const group of result.also.concat(result.works)) if (entryOf(group) >= 0) show(entryOf(group));
    const every = [];
    for (let record = 0; record < start.count; record++) {
      if (score[record] > 0 && isText(start.kind[record])) every.push(record);
    }
    const order = (a, b) => score[b] - score[a] || a - b;
    const list = (options.only ? every.filter(options.only) : every).sort(order);
    if (!result.jumps.length) await lookAgain(result, list, order);
    const items = await Promise.all(list.slice(0, most).map(show));
    const matched = list.filter(record => has[record] >= whole * .6).length;
    return { ...result, every, list, matched: matched || list.length, items: items.filter(Boolean) };
  };
  /** The best records gain by what the index does not hold: what they refer to, and how near the words are to each other. */
  const lookAgain = async ({ score, tokens, also, titles }, list, order) => {
    const gains = new Map();
    /* Where the glossary leads from a word that the query names. */
    const words = also.map(entryOf).concat(titles).filter(record => start.kind[record] === ENTRY);
    for (const word of await Promise.all(words.map(show))) for (const clause of word ? word.related : []) {
      gains.set(clause, WEIGHT.explains * score[clause]);
    }
    for (const shown of await Promise.all(list.slice(0, BEST).map(show))) for (const other of shown ? shown.related : []) {
      if (score[other]) gains.set(other, Math.max(gains.get(other) || 0, WEIGHT.related * score[shown.record]));
    }
    for (const [record, gain] of gains) score[record] += gain;
    list.sort(order);
    const telling = tokens.filter(token => !token.slot.quiet && token.slot.terms.length);
    const best = list.slice(0, BEST);
    for (const token of telling) token.forms = new Set([].concat(...Array.from((await formsOf(token.slot.terms.map(meaning => meaning.term))).values(), set => [...set])));
    for (const shown of telling.length ? await Promise.all(best.map(show)) : []) {
      if (!shown) continue;
      const { words } = shown, places = telling.map(() => []);
      words.forEach(({ word }, i) => telling.forEach((token, n) => { if (token.forms.has(word)) places[n].push(i); }));
      let near = 0;
      for (let n = 1; n < places.length; n++) {
        let least = Infinity;
        for (const i of places[n - 1]) for (const j of places[n]) if (i !== j) least = Math.min(least, j > i ? j - i : i - j + 1);
        near += 1 / least / (places.length - 1);
      }
      score[shown.record] *= 1 + WEIGHT.near * near;
      const early = places.map(at => at.length ? 1 - at[0] / words.length : 0);
      if (early.length < 3) score[shown.record] *= 1 + WEIGHT.early * early.reduce((a, b) => a + b, 0) / early.length;
    }
    list.splice(0, best.length, ...best.sort(order));
  };

  /** The record of what a group names in the glossary or the register; -1 if it is in neither. */
  const entryOf = group => group.origin === 1 ? -1 : start.lists[group.origin / 2] + group.place;

  const isNote = shown => shown.kind === NOTE;

  return { QUIET, WEIGHT, wordsOf, rising, missing, file, open, rank, find, show, formsOf, entryOf, isNote, start: () => start };
})();

/* ---- The page. ---- */

(() => {
  const root = document.querySelector('[data-search-index]');
  if (!root) return;
  const engine = clausebookSearch, PAGE = 10, FEW = 5, title = document.title;
  const phrase = (key, given) => window.clausebookWords(key, given);
  const part = name => document.querySelector('[data-search-' + name + ']');
  const [status, heading, picked, notes, places, results, more, lists] = ['status', 'heading', 'chosen', 'notes', 'places', 'results', 'more', 'lists'].map(part), idle = heading.textContent;
  const form = root.querySelector('form'), field = form.querySelector('input'), narrow = root.querySelector('details');
  let chosen = new Map(), plainly = false, most = PAGE, turn = 0, opening = null, filters = null, typing = 0, telling = 0, whole = new Set();

  /** An element: every word in it is a text, never markup. */
  const make = (name, attributes, ...within) => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...within);
    return element;
  };
  const quoted = words => words.map(word => '“' + word + '”').join(', ');
  const narrowed = () => [...chosen.values()].some(values => values.size);

  /* What is asked is in the address, so that a search can be kept and passed on. */
  const fromAddress = () => {
    chosen = new Map();
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (key === 'q') field.value = value;
      else if (key === 'plain') plainly = true;
      else chosen.set(key, (chosen.get(key) || new Set()).add(value));
    }
  };
  const toAddress = query => {
    const asked = new URLSearchParams(query ? [['q', query]] : []);
    for (const [key, values] of chosen) for (const value of values) asked.append(key, value);
    if (plainly) asked.set('plain', 'yes');
    const end = asked.toString();
    try { history.replaceState(null, '', location.pathname + (end && '?' + end)); } catch (error) { /* Then it is not kept. */ }
  };

  const readFilters = async () => {
    const read = await Promise.all(engine.start().filters.map(async ([key, title, files]) => {
      const data = await Promise.all(files.map(name => engine.file(...name.split('-'))));
      const options = data.includes(null) ? [] : JSON.parse(data.join(''));
      return { key, title, options: options.map(option => ({ ...option, records: new Set(engine.rising(option.records)) })) };
    }));
    filters = read.filter(filter => filter.options.length);
  };
  /** Whether a record has a choice of each filter in which there are any; `but` is passed over. */
  const fits = (record, but) => filters.every(({ key, options }) => {
    const values = chosen.get(key);
    return key === but || !values || !values.size || options.some(option => values.has(option.key) && option.records.has(record));
  });
  const nameOf = option => option.title[0].toUpperCase() + option.title.slice(1);
  const choose = (key, option, on) => {
    const values = chosen.get(key) || new Set();
    on ? values.add(option) : values.delete(option);
    chosen.set(key, values);
    most = PAGE;
    search();
  };
  const action = (words, act) => {
    const button = make('button', { type: 'button' }, words);
    button.addEventListener('click', act);
    return button;
  };
  const showFilters = found => {
    const box = part('filters'), focused = document.activeElement ? document.activeElement.id : '';
    box.textContent = '';
    for (const { key, title, options } of filters) {
      const group = make('fieldset', {}, make('legend', {}, title)), others = found.filter(record => fits(record, key));
      const values = chosen.get(key) || new Set(), shown = [];
      for (const option of options) {
        const number = others.filter(record => option.records.has(record)).length;
        if (number || values.has(option.key)) shown.push([option, number]);
      }
      shown.sort(([one, n], [other, m]) => values.has(other.key) - values.has(one.key) || m - n);
      for (const [option, number] of whole.has(key) || shown.length <= FEW + 1 ? shown : shown.slice(0, FEW)) {
        const input = make('input', { type: 'checkbox', id: 'filter-' + key + '-' + option.key });
        input.checked = values.has(option.key);
        input.addEventListener('change', () => choose(key, option.key, input.checked));
        group.append(make('label', {}, input, ' ' + nameOf(option) + ' ', make('span', { class: 'facts' }, String(number))));
      }
      if (!whole.has(key) && shown.length > FEW + 1) {
        group.append(action(phrase('script.search.all', { count: shown.length }), () => {
          whole.add(key);
          showFilters(found);
          box.querySelector('#filter-' + key + '-' + CSS.escape(shown[FEW][0].key)).focus();
        }));
      }
      if (shown.length) box.append(group);
    }
    const same = focused.startsWith('filter-') && document.getElementById(focused);
    if (same) same.focus();
  };
  /** What was chosen, each to be taken back. */
  const showChosen = () => {
    picked.textContent = '';
    picked.hidden = !narrowed();
    for (const { key, options } of picked.hidden ? [] : filters) for (const value of chosen.get(key) || []) {
      const option = options.find(option => option.key === value), button = action(option ? nameOf(option) : value, () => { choose(key, value, false); heading.focus(); });
      button.setAttribute('aria-label', phrase('script.search.remove-label', { filter: button.textContent }));
      picked.append(button, ' ');
    }
    if (!picked.hidden) picked.append(action(phrase('script.search.clear'), () => { chosen = new Map(); search(); heading.focus(); }));
  };

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
  const item = (shown, marks, jump) => {
    /* 3.37(a): a label in its clause has a place of its own. */
    const inner = jump && jump.inner.every(level => shown.text.includes('(' + level + ')')) ? jump.inner : [];
    const url = shown.url + inner.map(level => '-' + level).join('');
    const trail = shown.trail, short = words => words.length > 44 ? words.slice(0, 40).trim() + ' …' : words, above = (trail.length > 3 ? [trail[0], '…', trail[trail.length - 2]] : trail.slice(0, -1)).map(short);
    const place = shown.short + (shown.status ? ', ' + shown.status : ''), name = place + (shown.number ? ', ' + shown.number : '');
    const link = make('a', { href: url }, make('span', { class: 'unseen' }, name + '. '), trail[trail.length - 1] || shown.short);
    const found = excerpt(shown, marks);
    if (engine.isNote(shown)) found.prepend(make('b', {}, phrase('search.editors-note')), ' ');
    return make('li', {}, make('p', { class: 'from', 'aria-hidden': 'true' }, make('b', {}, shown.number || ''), ' ', place),
      make('h2', { class: 'result' }, link), found, ...(above.length ? [make('p', { class: 'facts' }, above.join(' › '))] : []));
  };

  /** What is to be said of a search before its results. */
  const remarks = (found, entries) => {
    const lines = [], say = (...within) => lines.push(make('p', {}, ...within));
    if (engine.missing.size) say(phrase('script.search.damaged', { files: [...engine.missing].join(', ') }));
    if (found.instead.length) say(phrase('script.search.instead', {
      typed: quoted(found.instead.map(([typed]) => typed)), found: quoted(found.instead.map(([, word]) => word)),
    }));
    if (found.apart) say(phrase('script.search.apart'));
    if (plainly || found.also.length) {
      const button = action(plainly ? phrase('script.search.go-widely') : phrase('script.search.go-plainly'), () => { plainly = !plainly; field.focus(); search(); });
      const titles = entries.filter(entry => entry.also).map(entry => entry.number);
      say(plainly ? phrase('script.search.plainly') : titles.length ? phrase('script.search.also', { names: titles.join(', ') })
        : phrase('script.search.widely'), ' ', button);
    }
    return lines;
  };
  /** What in the lists, and which documents and headings, the words name. */
  const named = async found => {
    const records = [];
    for (const group of found.also) records.push({ record: engine.entryOf(group), also: true });
    for (const record of found.works.map(engine.entryOf).concat(found.titles)) records.push({ record });
    const shown = await Promise.all(records.filter(({ record }) => record >= 0).map(async ({ record, also }) => ({ ...await engine.show(record), also })));
    return shown.filter((entry, i) => entry.url && shown.findIndex(other => other.url === entry.url) === i);
  };
  const kindOf = kind => kind === 0 ? phrase('script.search.document') : kind === 1 ? phrase('script.search.heading') : '';
  const marksOf = async found => {
    const quiet = found.tokens.every(token => token.slot.quiet), terms = new Set();
    for (const { slot } of found.tokens) if (quiet || !slot.quiet) for (const { term } of slot.terms) terms.add(term);
    const names = [].concat(...found.also.concat(found.works).map(group => group.names)), forms = await engine.formsOf(new Set([...terms, ...[].concat(...names)]));
    const alone = new Set([].concat(...Array.from(terms, term => [...forms.get(term)])));
    return { alone, names: names.map(name => name.map(term => forms.get(term))) };
  };

  /** Reads the first file of the index, once. */
  const ready = () => {
    if (!opening) {
      const [, folder, name] = root.getAttribute('data-search-index').match(/^(.*\/)?(.*)\.js$/);
      opening = engine.open(folder || '', name);
      opening.catch(() => { opening = null; });
    }
    return opening;
  };
  const search = async focus => {
    const mine = ++turn, query = field.value.trim();
    clearTimeout(telling);
    toAddress(query);
    document.title = query ? query + ' – ' + title : title;
    if (!query) {
      for (const box of [status, notes, places, results]) box.textContent = '';
      heading.textContent = idle;
      places.hidden = more.hidden = picked.hidden = true;
      lists.hidden = false;
      results.setAttribute('data-search-state', 'idle');
      return;
    }
    results.setAttribute('data-search-state', 'busy');
    telling = setTimeout(() => { status.textContent = phrase('script.search.searching'); }, 500);
    engine.missing.clear();
    let found = null, fault = '', entries = [], marks = null;
    try {
      await ready();
      if (!filters && (narrow.open || narrowed())) await readFilters();
      showChosen();
      const only = narrowed() ? record => fits(record) : null;
      found = await engine.find(query, { plainly, every: narrow.open || narrowed(), only }, most);
      [entries, marks] = [await named(found), await marksOf(found)];
    } catch (error) { fault = error && error.message || String(error); }
    if (mine !== turn) return;
    for (const box of [notes, places, results]) box.textContent = '';
    let said = phrase('script.search.unread', { fault });
    if (marks) {
      const some = found.list.length - found.matched;
      const count = found.matched;
      if (!found.list.length) said = narrowed() ? phrase('script.search.none-narrowed', { query }) : phrase('script.search.none', { query });
      else said = some ? phrase('script.search.found-all', { count }) : phrase('script.search.found', { count });
      notes.append(...remarks(found, entries));
      places.append(...entries.slice(0, 4).map(entry => make('li', {}, make('a', { href: entry.url }, entry.number || entry.trail[entry.trail.length - 1]), ' ',
        make('span', { class: 'facts' }, kindOf(entry.kind) || entry.short))));
      results.append(...found.items.map(shown => item(shown, marks, found.numbered.get(shown.record))));
      if (some && results.children[count]) results.children[count].before(make('li', { class: 'split' }, phrase('script.search.some', { count: some })));
      if (narrow.open && filters) showFilters(found.every);
    }
    places.hidden = !places.children.length;
    more.hidden = !found || found.items.length >= found.list.length;
    lists.hidden = results.children.length > 0;
    heading.textContent = said;
    if (focus === true) heading.focus();
    results.setAttribute('data-search-state', 'done');
    /* Said once typing rests, not at each letter. */
    clearTimeout(telling);
    telling = setTimeout(() => { status.textContent = said; }, 500);
  };

  /* Whoever goes to the field will search: the index comes while they type. */
  field.addEventListener('focus', () => { ready().catch(() => { /* The search will say it. */ }); });
  field.addEventListener('input', () => {
    most = PAGE;
    results.setAttribute('data-search-state', 'busy');
    clearTimeout(typing);
    typing = setTimeout(search, 150);
  });
  form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(typing); search(true); });
  narrow.addEventListener('toggle', () => { if (narrow.open && field.value.trim()) search(); });
  more.addEventListener('click', async () => {
    const links = () => results.querySelectorAll('.result a'), shown = links().length;
    most += 2 * PAGE;
    await search();
    if (links()[shown]) links()[shown].focus();
  });
  form.hidden = narrow.hidden = false;
  fromAddress();
  narrow.open = narrowed();
  if (field.value) search(true);
})();
