/* Search. Finds clauses in the index whose format the header of `search.rs` tells, from a folder as from a server: its
   files are scripts, loaded as a query needs them. The words of a query never become an address or markup. */
'use strict';

let clausebookShard;

const clausebookSearch = (() => {
  /* ---- What a word is: as in `search/words.rs`. ---- */
  const WORD = /[\p{Alphabetic}\p{N}]+(?:['’][\p{Alphabetic}\p{N}]+)*/gu;
  const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const plain = word => [...word.replace(/’/g, "'").replace(/'s$/, '').replace(/'/g, '')].slice(0, 64).join('');
  const wordsOf = text => Array.from(fold(text).matchAll(WORD), m => ({ word: plain(m[0]), at: m.index, end: m.index + m[0].length }));
  const ENDINGS = new Set(['', 's', 'es', 'd', 'ed', 'ing', 'e', 'er', 'ers', 'r', 'rs', 'y', 'ies', 'ied', 'ly', 'al', 'ally',
    'ion', 'ions', 'ation', 'ations', 'ment', 'ments', 'ness', 'ity', 'ities', 'ive', 'able', 'ren', 'ning', 'ned', 'ting', 'ted']);
  /* Words that ask rather than tell: they count, but never decide. */
  const QUIET = new Set(('a about all also am an and any are as at be been being but by can could did do does doing for from get got had has have having he her '
    + 'his how i if in into is it its just like made make makes may me might more most much must my need needs no not of off on one or other our out over own '
    + 'per she should so some such than that the their them then there these they this those to under up us use used very was we were what when where whether which '
    + 'while who whom whose why will with within would you your').split(' '));

  /** Whether two words are forms of one, for words that the vocabulary does not know. */
  const alike = (a, b) => {
    if (a === b) return true;
    let n = 0;
    while (n < a.length && a[n] === b[n]) n++;
    return n >= 4 && ENDINGS.has(a.slice(n)) && ENDINGS.has(b.slice(n));
  };

  /* ---- Files. ---- */
  const arrived = new Map(), files = new Map();
  clausebookShard = (name, data) => arrived.set(name, data);
  let folder = '', start = null;
  const missing = new Set();

  const once = (name, address) => new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => { script.remove(); arrived.has(name) ? done(arrived.get(name)) : fail(name); };
    script.onerror = () => { script.remove(); fail(name); };
    document.head.append(script);
  });
  /** What a file holds, or nothing if it cannot be had: the search goes on without it, and says so. */
  const file = (name, ending) => {
    if (!files.has(name)) {
      const address = folder + name + '-' + ending + '.js';
      files.set(name, once(name, address).catch(() => once(name, address + '?again')).catch(() => {
        missing.add(name);
        files.delete(name);
        return null;
      }));
    }
    return files.get(name);
  };
  const parsed = new Map();
  const shard = async (kind, at, parse) => {
    const part = start[{ v: 'words', p: 'postings', x: 'places', t: 'excerpts' }[kind]];
    const key = kind + at;
    if (!parsed.has(key)) {
      const data = part.data ? part.data[at] : await file(key, part.names.substr(at * 5, 5));
      if (data === null) return null;
      try { parsed.set(key, parse(data)); } catch (e) { missing.add(key); return null; }
    }
    return parsed.get(key);
  };

  /* ---- Numbers: as in `search/code.rs`. ---- */
  function Numbers(text, at) { this.text = text; this.at = at || 0; }
  Numbers.prototype.next = function () {
    let value = 0, weight = 1;
    for (;;) {
      let digit = this.text.charCodeAt(this.at++) - 35;
      if (digit > 57) digit--;
      if (!(digit >= 0)) throw new Error('damaged');
      value += digit * weight;
      if (digit < 61) return value;
      weight *= 30;
    }
  };
  Numbers.prototype.rising = function (count) {
    const list = new Array(count);
    for (let i = 0, value = -1; i < count; i++) list[i] = value += this.next() + 1;
    return list;
  };
  const all = text => { const list = []; for (const n = new Numbers(text); n.at < text.length;) list.push(n.next()); return list; };
  const rising = text => { let value = -1; return all(text).map(step => value += step + 1); };
  /** The last place whose value is not above `value`. */
  const place = (list, value) => {
    let low = 0, high = list.length;
    while (low < high) { const mid = low + high >> 1; list[mid] > value ? high = mid : low = mid + 1; }
    return low - 1;
  };

  /** Reads the first file. */
  const open = async (base, name) => {
    folder = base;
    const [first, ending] = name.split('-');
    const data = await file(first, ending);
    if (data === null) throw new Error('no index');
    start = JSON.parse(data);
    const kinds = [], ends = [], opens = [], quiet = [];
    let gives = 0;
    const close = level => { while (opens.length && opens[opens.length - 1][1] >= level) ends[opens.pop()[0]] = kinds.length; };
    for (const code of all(start.records)) {
      if (code < 2) { close(0); gives = code; opens.push([kinds.length, 0]); kinds.push(0); quiet.push(gives); }
      else if (code < 7) { close(code); opens.push([kinds.length, code]); kinds.push(1); quiet.push(gives); }
      else if (code === 8) { close(0); kinds.push(4); quiet.push(0); }
      else for (let n = code === 7 ? 1 : code - 8; n > 0; n--) { kinds.push(code === 7 ? 3 : 2); quiet.push(gives); }
    }
    close(0);
    start.kind = Uint8Array.from(kinds); start.quiet = Uint8Array.from(quiet);
    start.end = ends;
    start.count = kinds.length;
    start.texts = kinds.filter(kind => kind > 1).length;
    start.wordStarts = all(start.words.starts);
    for (const part of ['postings', 'excerpts', 'more']) start[part].from = rising(start[part].starts || '');
    const groups = [], n = new Numbers(start.groups);
    const list = count => Array.from({ length: count }, () => n.next());
    const known = n.rising(n.next()).concat(n.rising(n.next()));
    const lastAt = [-1, -1, -1], lastTerm = [-1, -1, -1];
    while (n.at < start.groups.length) {
      const [origin, stepAt, stepTerm, names] = list(4);
      const at = lastAt[origin] += stepAt + 1, term = lastTerm[origin] += stepTerm + 1;
      groups.push({ origin, at, term, names: Array.from({ length: names }, () => list(n.next()).map(at => known[at])) });
    }
    start.groups = groups;
    /* The glossary and the law, one after the other at the end: where each begins. */
    start.entries = start.lists.map(at => kinds.length - at);
    start.lengths = start.lengths ? Float32Array.from(all(start.lengths), tenth => .8 * (.7 + .3 * (tenth + .5) / 10)) : null;
    return start;
  };

  /* ---- The vocabulary. ---- */
  const vocabulary = at => shard('v', at, data => {
    const n = new Numbers(data), length = n.next(), from = n.at;
    let next = start.wordStarts[at], word = [];
    const terms = all(data.substr(from, length)).map(back => back ? next - back : next++);
    const words = data.slice(from + length).match(/[A-Z][^A-Z]*/g).map(code =>
      (word = word.slice(0, code.charCodeAt(0) - 65).concat([...code.slice(1)])).join(''));
    return { words, terms };
  });
  const lookup = async word => {
    const list = await vocabulary(Math.max(0, place(start.words.first, word)));
    const at = list ? place(list.words, word) : -1;
    return at >= 0 && list.words[at] === word ? list.terms[at] : -1;
  };
  /** Every word that begins so, with its term. */
  const beginning = async (prefix, most) => {
    const found = [];
    const first = start.words.first;
    for (let at = Math.max(0, place(first, prefix)); at < first.length && found.length < most; at++) {
      if (first[at] > prefix && !first[at].startsWith(prefix)) break;
      const list = await vocabulary(at);
      if (!list) continue;
      for (let i = Math.max(0, place(list.words, prefix)); i < list.words.length; i++) {
        if (list.words[i].startsWith(prefix)) found.push([list.words[i], list.terms[i]]);
        else if (list.words[i] > prefix) break;
      }
    }
    return found;
  };
  /** How many letters were added, lost, changed or swapped, up to `most` (Damerau and Levenshtein, adjacent swaps only). */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
        least = Math.min(least, next[j]);
      }
      if (least > most) return most + 1;
      before = row; row = next;
    }
    return row[b.length];
  };

  /** The terms that a typed word may mean: `[{ term, word, weight }]`, and how they were found. */
  const meanings = async (word, unfinished) => {
    const exact = await lookup(word);
    if (exact >= 0) return { how: 'exact', list: [{ term: exact, word, weight: 1 }] };
    const unique = (pairs, weigh) => {
      const list = new Map();
      for (const [other, term] of pairs) {
        const weight = weigh(other);
        if (!list.has(term) || list.get(term).weight < weight) list.set(term, { term, word: other, weight });
      }
      return [...list.values()].sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1)).slice(0, 12);
    };
    if (word.length >= 5) {
      const near = (await beginning(word.slice(0, Math.max(4, word.length - 4)), 400)).filter(([other]) => alike(word, other));
      if (near.length) return { how: 'form', list: unique(near, other => .95 - .02 * Math.abs(other.length - word.length)) };
    }
    if (word.length >= 6 || unfinished && word.length >= 2) {
      const longer = await beginning(word, 400);
      if (longer.length) return { how: 'beginning', list: unique(longer, other => .9 * Math.pow(word.length / other.length, .25)) };
    }
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (most && !/^\d/.test(word)) {
      for (const letter of [word[0], word[1]]) {
        let near = [], least = most;
        for (const pair of await beginning(letter, Infinity)) {
          const single = text => text.replace(/(.)\1+/g, '$1');
          const d = single(word) === single(pair[0]) ? .5 : distance(word, pair[0], Math.ceil(least));
          if (d < least) near = [];
          if (d <= least) { least = d; near.push(pair); }
        }
        if (near.length) return { how: 'spelling', list: unique(near, () => least > 1 ? .6 : .8) };
      }
    }
    return { how: 'none', list: [] };
  };

  /* ---- Postings. ---- */
  const postings = async term => {
    const at = place(start.postings.from, term);
    const list = await shard('p', at, data => {
      const n = new Numbers(data), counts = n.next(), records = n.next(), from = n.at;
      return { data, counts: all(data.substr(from, counts)), records: from + counts, weights: from + counts + records, read: new Map() };
    });
    if (!list) return { count: 0, records: [], weights: [] };
    const own = term - start.postings.from[at];
    if (!list.read.has(own)) {
      const kept = count => Math.min(count, 4096);
      const count = list.counts[own] || 0;
      let skip = 0;
      list.counts.forEach((other, i) => { if (other > count || other === count && i < own) skip += kept(other); });
      const records = new Numbers(list.data, list.records), weights = new Numbers(list.data, list.weights + skip);
      while (skip--) records.next();
      list.read.set(own, { count, records: records.rising(kept(count)), weights: Array.from({ length: kept(count) }, () => weights.next()) });
    }
    return list.read.get(own);
  };
  /** The same with the postings that few queries need: of a term in very many records, those that say little. */
  const everyPosting = async term => {
    const first = await postings(term);
    const many = start.more.from.indexOf(term);
    if (many < 0 || first.every) return first;
    const files = all(start.more.files);
    let at = files.slice(0, many).reduce((a, b) => a + b, 0), data = '';
    for (let n = files[many]; n > 0; n--, at++) {
      const piece = await file('q' + at, start.more.names.substr(at * 5, 5));
      if (piece === null) return first;
      data += piece;
    }
    const n = new Numbers(data), count = first.count - first.records.length;
    const rest = { records: n.rising(count), weights: Array.from({ length: count }, () => n.next()) };
    return { count: first.count, every: true, records: first.records.concat(rest.records), weights: first.weights.concat(rest.weights) };
  };
  /** Where a term stands: record → places. None for a term in very many records. */
  const placesOf = async term => {
    const at = place(start.postings.from, term);
    const own = term - start.postings.from[at];
    const [list, data] = [await postings(term), await shard('x', at, data => data)];
    const found = new Map();
    if (!data || list.count > 4096) return null;
    const n = new Numbers(data);
    for (let i = 0; i < own; i++) { const length = n.next(); n.at += length; }
    n.next();
    for (const record of list.records) found.set(record, n.rising(n.next()));
    return found;
  };

  /* ---- The query. ---- */
  const UNITS = [['section', 'sections?|secs?|ss?'], ['regulation', 'regulations?|regs?'], ['article', 'articles?|arts?'], ['schedule', 'schedules?|scheds?|schs?'],
    ['paragraph', 'paragraphs?|paras?|¶'], ['part', 'parts?|pts?'], ['rule', 'rules?|rr?'], ['clause', 'clauses?|cls?'], ['chapter', 'chapters?|chs?']];
  const UNIT = new RegExp('(^|[^\\p{Alphabetic}\\p{N}])(?:' + UNITS.map(unit => '(' + unit[1] + ')').join('|') + ')\\.?\\s*(\\d+(?:\\.\\d+)*[a-z]{0,2})((?:\\s*\\([a-z0-9]{1,5}\\))*)(?![\\p{Alphabetic}\\p{N}])', 'giu');
  const NUMBER = /(^|[\s,;])¶?((?:[a-z]\.)?\d+(?:\.\d+)*[a-z]{0,2}(?:\s*\([a-z0-9]{1,5}\))*)(?=$|[\s,;?])/giu;
  const levels = text => (text.match(/[a-z0-9]+/gi) || []);

  /** Takes the numbers and places of the law out of a query: what is left, and what they are. */
  const numbers = query => {
    const law = [], clauses = [];
    let open = null;
    let rest = query.replace(UNIT, (whole, before, ...groups) => {
      const at = groups.slice(0, UNITS.length).findIndex(group => group !== undefined);
      const unit = UNITS[at][0], number = groups[UNITS.length], inner = levels(groups[UNITS.length + 1] || '');
      const path = [unit, number, ...inner];
      if (open && unit === 'paragraph') open.push(...path);
      else if ((unit === 'paragraph' || unit === 'clause') && !open) clauses.push({ number: path[1] + inner.map(level => '(' + level + ')').join(''), sure: true });
      else law.push(open = path);
      return before + ' ';
    });
    rest = rest.replace(NUMBER, (whole, before, number) => {
      const sure = /\d\.\d|\(/.test(number);
      if (!sure && (number.match(/\d+/) || [''])[0].length > 3) return whole;
      clauses.push({ number: number.replace(/\s/g, ''), sure });
      return sure ? before + ' ' : whole;
    });
    return { rest, law, clauses };
  };

  /** What a query asks for: slots, each a set of terms of which a record should have one. */
  const understand = async (query, plainly) => {
    const phrases = [];
    const unquoted = query.replace(/["“”«»]([^"“”«»]+)["“”«»]/g, (whole, words) => { phrases.push(wordsOf(words).map(w => w.word)); return ' ' + words + ' '; });
    const { rest, law, clauses } = numbers(unquoted);
    const tokens = wordsOf(rest);
    const open = !/[\s"”]$/.test(query);
    const joined = (a, b) => a && b ? lookup(a.word + b.word) : -1;
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i], last = open && i === tokens.length - 1;
      token.found = await meanings(token.word, last);
      token.last = last && token.found.how === 'beginning';
      token.quiet = QUIET.has(token.word);
      const pair = await joined(token, tokens[i + 1]);
      if (pair >= 0) token.pair = pair;
      if (token.found.how === 'spelling' || token.found.how === 'none') {
        for (let cut = 3; cut <= token.word.length - 3; cut++) {
          const one = await lookup(token.word.slice(0, cut)), two = one < 0 ? -1 : await lookup(token.word.slice(cut));
          if (two >= 0) { token.found = { how: 'two', list: [{ term: one, word: token.word.slice(0, cut), weight: 1 }], other: { term: two, word: token.word.slice(cut), weight: 1 } }; break; }
        }
      }
    }
    const slots = [], also = [], instead = [];
    for (const token of tokens) {
      const { how, list } = token.found;
      if (how === 'spelling') instead.push([token.word, list[0].word]);
      token.as = how === 'spelling' && list.length ? list[0].word : token.word;
      token.slot = { terms: list.map(m => ({ ...m })), quiet: token.quiet, weight: 1, words: [token.word] };
      slots.push(token.slot);
      if (token.found.other) slots.push({ terms: [token.found.other], quiet: false, weight: 1, words: [] });
      if (token.pair !== undefined) token.slot.terms.push({ term: token.pair, weight: 1.2, word: '' });
    }
    for (let i = 1; i < tokens.length; i++) if (tokens[i - 1].pair !== undefined) tokens[i].slot.terms.push({ term: tokens[i - 1].pair, weight: 1, word: '' });
    /* Names of one thing, the longest first; what a name covers counts less by itself. */
    const spans = [];
    for (const group of start.groups) {
      for (const name of group.names) {
        for (let i = 0; i + name.length <= tokens.length; i++) {
          const fits = name.every((term, n) => tokens[i + n].found.list.some(m => m.term === term));
          if (fits && !(name.length === 1 && tokens[i].quiet)) spans.push({ group, name, from: i, to: i + name.length });
        }
      }
    }
    spans.sort((a, b) => (b.to - b.from) - (a.to - a.from) || a.from - b.from);
    const taken = new Array(tokens.length).fill(null);
    const keys = [];
    for (const span of spans) {
      const key = span.from + '-' + span.to;
      const over = taken.slice(span.from, span.to);
      if (over.some(other => other && other !== key)) continue;
      const { group } = span, length = span.to - span.from;
      if (plainly && group.origin < 2) continue;
      taken.fill(key, span.from, span.to);
      if (group.origin === 2) keys.push(group);
      if (group.origin < 2 && !also.includes(group)) also.push(group);
      if (length === 1) {
        const slot = tokens[span.from].slot;
        slot.terms.push({ term: group.term, weight: TUNE.synonym, group });
      } else {
        for (let i = span.from; i < span.to; i++) { tokens[i].slot.weight = Math.min(tokens[i].slot.weight, group.origin === 1 ? TUNE.synonymInner : TUNE.inner); tokens[i].slot.inner = true; }
        const known = slots.find(slot => slot.key === key);
        if (known) known.terms.push({ term: group.term, weight: 1, group });
        else slots.push({ key, terms: [{ term: group.term, weight: 1, group }], quiet: false, weight: group.origin === 1 ? TUNE.synonymWhole : TUNE.whole, words: [] });
      }
    }
    /* Places of the law: in the work that the query names, or in any. */
    for (const path of law) {
      const named = await Promise.all(keys.map(keyOf)), all = await beginning('@', Infinity);
      for (let length = path.length; length >= 2; length--) {
        const end = '/' + path.slice(0, length).join('/').toLowerCase();
        const found = all.filter(([mark]) => mark.endsWith(end) && mark.indexOf('/') === mark.length - end.length && (!named.length || named.includes(mark.slice(1, -end.length))));
        if (found.length) { slots.push({ terms: found.map(([, term]) => ({ term, weight: 1 })), quiet: false, weight: 3, words: [] }); break; }
      }
    }
    const jumps = [];
    for (const { number, sure } of clauses) {
      const term = await lookup('#' + number.toLowerCase());
      const whole = term < 0 && number.includes('(') ? await lookup('#' + number.toLowerCase().split('(')[0]) : term;
      if (whole >= 0) jumps.push({ term: whole, number, sure, found: term >= 0 });
    }
    return { slots, also, works: keys, instead, phrases, jumps, tokens };
  };
  /** The key of a group's work, as in its mark. */
  const marks = new Map();
  const keyOf = async group => {
    if (!marks.size) for (const [word, term] of await beginning('@', Infinity)) if (!word.includes('/')) marks.set(term, word.slice(1));
    return marks.get(group.term) || '';
  };

const TUNE = { synonym: 1.1, synonymInner: .5, inner: .25, synonymWhole: 1.25, whole: 2.2, heading: .8, both: .56, title: .4, quiet: .19, cover: .5, coverFrom: .45, coverGain: .5, gives: .4, passage: .7, close: .5, near: .37, early: .15, earlyMost: 2, fullGain: .5 };

  /** Every record with its score, best first. */
  const rank = async (query, options) => {
    const asked = await understand(query, options && options.plainly);
    const { kind, end, quiet, count, texts } = start;
    const score = new Float32Array(count), has = new Float32Array(count), cover = new Float32Array(count), full = new Uint8Array(count);
    const read = options && options.every ? everyPosting : postings;
    const telling = asked.slots.some(slot => !slot.quiet && slot.terms.length) || asked.jumps.length;
    let whole = 0;
    for (const slot of asked.slots) {
      const own = new Float32Array(count), above = new Float32Array(count);
      let top = 0;
      for (const { term, weight: worth } of slot.terms) {
        const list = await read(term);
        const idf = Math.log(1 + (texts - list.count + .5) / (list.count + .5));
        const value = worth * (idf > 0 ? idf : .01);
        if (list.count) top = Math.max(top, value);
        for (let i = 0; i < list.records.length; i++) {
          const record = list.records[i], heading = kind[record] < 2;
          const weight = list.weights[i], said = heading ? 1 / weight : start.lengths ? weight / (weight + start.lengths[record]) : weight / 12;
          if (heading) {
            const gain = value * (kind[record] ? TUNE.heading : TUNE.title) * Math.min(1, .4 + said * 2);
            for (let under = record + 1; under < end[record]; under++) if (above[under] < gain) above[under] = gain;
            own[record] = Math.max(own[record], value);
          } else own[record] = Math.max(own[record], value * said);
        }
      }
      const weight = slot.weight * (slot.quiet && telling ? TUNE.quiet : 1);
      const counts = !slot.inner && !(slot.quiet && telling) && slot.terms.length;
      if (counts) whole += top * weight;
      for (let record = 0; record < count; record++) {
        if (kind[record] < 2) { if (own[record]) { score[record] += weight * own[record]; if (counts) has[record] += weight * top; } continue; }
        const gain = own[record] && above[record] ? Math.max(own[record], above[record]) + TUNE.both * Math.min(own[record], above[record]) : own[record] || above[record];
        if (!gain) continue;
        score[record] += weight * gain;
        if (counts) has[record] += weight * top * (own[record] ? 1 : .6);
      }
    }
    /* A heading of which the query says most. */
    const said = new Map();
    for (const token of asked.tokens) for (const { term } of token.slot.terms) {
      const list = await read(term);
      list.records.forEach((record, i) => { if (kind[record] < 2) { if (!said.has(record)) said.set(record, new Map()); const of = said.get(record); of.set(token, Math.max(of.get(token) || 0, 1 / list.weights[i])); } });
    }
    for (const [record, of] of said) {
      let sum = 0;
      for (const share of of.values()) sum += share;
      cover[record] = Math.min(1, sum);
      full[record] = asked.tokens.every(token => token.quiet || of.has(token)) ? 1 : 0;
      if (kind[record] === 1 && asked.tokens.length > 2 && sum >= TUNE.coverFrom) for (let under = record + 1; under < end[record]; under++) score[under] *= 1 + TUNE.coverGain * Math.min(1, sum) + (sum > .95 && full[record] ? TUNE.fullGain : 0);
    }
    for (let record = 0; record < count; record++) {
      if (!score[record]) continue;
      if (whole) score[record] *= 1 - TUNE.cover / 2 + TUNE.cover / 2 * Math.min(1, has[record] / whole);
      if (quiet[record]) score[record] *= TUNE.gives;
      if (kind[record] === 3) score[record] *= TUNE.passage;
    }
    const named = new Set();
    for (const jump of asked.jumps) {
      const list = await everyPosting(jump.term);
      for (const record of list.records) {
        if (kind[record] === 2) { score[record] += (jump.sure ? 100 : 20) * (quiet[record] ? .4 : 1); named.add(record); has[record] = whole || 1; }
        else for (let under = record + 1, n = 0; under < end[record]; under++, n++) { score[under] += (jump.sure ? 50 : 10) - Math.min(n, 8); has[under] = whole || 1; }
      }
    }
    let exact = true;
    for (const phrase of asked.phrases) {
      const held = await phraseRecords(phrase);
      if (!held) continue;
      if (!held.size) { exact = false; continue; }
      for (let record = 0; record < count; record++) if (!held.has(record)) score[record] = 0;
    }
    const records = [];
    for (let record = 0; record < count; record++) if (score[record] > 0) records.push(record);
    records.sort((a, b) => score[b] - score[a] || a - b);
    return { asked, records, score, has, whole, cover, full, exact, named, gained: new Map() };
  };

  /** The records in which words stand together; nothing if that cannot be told. */
  const phraseRecords = async words => {
    let before = null;
    for (let i = 0; i < words.length; i++) {
      const { list } = await meanings(words[i], false);
      const here = new Map();
      let known = list.length === 0;
      for (const { term } of list.slice(0, 4)) {
        const places = await placesOf(term);
        if (!places) continue;
        known = true;
        for (const [record, at] of places) here.set(record, (here.get(record) || []).concat(at));
      }
      if (!known) { if (before) for (const at of before.values()) for (let n = 0; n < at.length; n++) at[n]++; continue; }
      if (before) for (const [record, at] of here) {
        const set = new Set(before.get(record) || []);
        const kept = at.filter(n => set.has(n - 1));
        kept.length ? here.set(record, kept) : here.delete(record);
      }
      before = here;
    }
    return before;
  };

  /* ---- What readers see. ---- */
  /** A record for readers. */
  const show = async record => {
    const at = place(start.excerpts.from, record);
    const list = await shard('t', at, JSON.parse);
    if (!list) return null;
    const [page, number, fragment, trail, text, near] = list.records[record - start.excerpts.from[at]];
    const [short, address, status] = list.pages[page];
    return { record, kind: start.kind[record], number, trail, text, near, short, status, url: address + (fragment ? '#' + fragment : '') };
  };
  /** Every form of some terms that the vocabulary read so far has. */
  const forms = async terms => {
    const found = new Set();
    for (let at = 0; at < start.words.first.length; at++) {
      if (!start.words.data && !parsed.has('v' + at)) continue;
      const list = await vocabulary(at);
      if (list) list.terms.forEach((term, i) => { if (terms.has(term)) found.add(list.words[i]); });
    }
    return found;
  };

  /** Finds: all records in order, the first `most` of them as readers see them. Words that stand together move a record up
      among these, and so does a reference to or from a better one. */
  const find = async (query, options, most) => {
    const result = await rank(query, options);
    const { score, asked } = result;
    const is = options.only || (record => start.kind[record] === 2 || start.kind[record] === 3);
    const list = result.records.filter(is);
    for (const record of asked.jumps.length ? [] : list.slice(0, FIRST)) {
      const shown = await show(record);
      for (const other of shown ? shown.near : []) if (is(other)) {
        const gain = TUNE.near * score[record];
        if (!score[other]) continue;
        result.gained.set(other, Math.max(result.gained.get(other) || 0, gain));
      }
    }
    for (const [record, gain] of result.gained) if (score[record] > 0 || !asked.phrases.length) score[record] += gain;
    const order = (a, b) => score[b] - score[a] || a - b;
    list.sort(order);
    const telling = asked.tokens.filter(token => !token.quiet && token.slot.terms.length);
    for (const token of telling) token.forms = await forms(new Set(token.slot.terms.map(meaning => meaning.term)));
    if (telling.length && !asked.jumps.length) {
      for (const record of list.slice(0, FIRST)) {
        const shown = await show(record);
        if (!shown) continue;
        const words = wordsOf(shown.text).map(w => w.word);
        const places = telling.map(token => words.reduce((at, word, i) => token.forms.has(word) ? at.concat(i) : at, []));
        let close = 0;
        for (let n = 1; n < places.length; n++) {
          let least = Infinity;
          for (const i of places[n - 1]) for (const j of places[n]) if (i !== j) least = Math.min(least, j > i ? j - i : i - j + 1);
          close += 1 / least;
        }
        if (places.length > 1) score[record] *= 1 + TUNE.close * close / (places.length - 1);
        const first = places.map(at => at.length ? at[0] / words.length : 1);
        if (places.length <= TUNE.earlyMost) score[record] *= 1 + TUNE.early * (1 - first.reduce((a, b) => a + b, 0) / first.length);

      }
      list.splice(0, FIRST, ...list.slice(0, FIRST).sort(order));
    }
    const matched = list.filter(record => !result.whole || result.has[record] >= result.whole / 2).length;
    const items = [];
    for (const record of list.slice(0, most)) items.push(await show(record));
    /* Documents and headings whose words the query says, and nothing but these. */
    const whole = record => start.kind[record] < 2 && result.cover[record] > .99 && !start.quiet[record];
    const documents = asked.phrases.length || asked.tokens.length < 2 ? [] : result.records.filter(record => whole(record) && result.full[record]).slice(0, 2);
    const every = result.records.filter(record => start.kind[record] === 2 || start.kind[record] === 3);
    return { ...result, list, every, documents, matched: matched || list.length, items: items.filter(Boolean) };
  };
  const FIRST = 10;

  /** Where a group of names stands among the entries. */
  const entryOf = group => {
    return group.origin === 1 ? -1 : start.entries[group.origin / 2] + group.at;
  };

  return { TUNE, QUIET, plain, wordsOf, open, lookup, rank, find, show, forms, entryOf, file, missing, rising, start: () => start };
})();

/* ---- The page. ---- */
(() => {
  const root = document.querySelector('[data-search-index]');
  if (!root) return;
  const part = name => document.querySelector('[data-search-' + name + ']');
  const form = root.querySelector('form'), field = form.querySelector('input'), narrow = root.querySelector('details');
  const status = part('status'), notes = part('notes'), places = part('places'), results = part('results'), more = part('more');
  const engine = clausebookSearch, PAGE = 10;
  let chosen = new Map(), plainly = false, most = PAGE, turn = 0, opened = null, filters = null, settled = 0;

  const make = (name, text, attributes) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };
  const count = (n, one, many) => n + ' ' + (n === 1 ? one : many);

  /** The state is the address. */
  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get('q') || '';
    plainly = asked.has('plain');
    chosen = new Map();
    for (const [key, value] of asked) if (key !== 'q' && key !== 'plain') chosen.set(key, (chosen.get(key) || new Set()).add(value));
  };
  const writeAddress = () => {
    const asked = new URLSearchParams();
    if (field.value.trim()) asked.set('q', field.value.trim());
    for (const [key, values] of chosen) for (const value of values) asked.append(key, value);
    if (plainly) asked.set('plain', '1');
    const query = asked.toString();
    try { history.replaceState(null, '', location.pathname + (query ? '?' + query : '')); } catch (e) { /* A copy that may not: the search works all the same. */ }
  };

  const loadFilters = async () => {
    if (filters) return;
    const list = [];
    for (const [key, title, names] of engine.start().filters) {
      const data = await Promise.all(names.map(name => engine.file(...name.split('-'))));
      if (data.includes(null)) continue;
      list.push({ key, title, options: JSON.parse(data.join('')).map(option => ({ ...option, records: new Set(engine.rising(option.records)) })) });
    }
    filters = list;
  };
  /** Whether a record has one of the choices of each filter, but for one. */
  const fits = (record, without) => filters.every(filter => {
    const values = chosen.get(filter.key);
    return filter.key === without || !values || !values.size || filter.options.some(option => values.has(option.key) && option.records.has(record));
  });
  const showFilters = records => {
    const box = part('filters'), had = document.activeElement && document.activeElement.id;
    box.textContent = '';
    for (const filter of filters) {
      const group = make('fieldset');
      group.append(make('legend', filter.title));
      const base = records.filter(record => fits(record, filter.key));
      for (const option of filter.options) {
        const values = chosen.get(filter.key), checked = !!values && values.has(option.key);
        const number = base.filter(record => option.records.has(record)).length;
        if (!number && !checked) continue;
        const id = 'filter-' + filter.key + '-' + option.key;
        const label = make('label', '', { for: id }), box = make('input', '', { type: 'checkbox', id });
        box.checked = checked;
        box.addEventListener('change', () => {
          const set = chosen.get(filter.key) || new Set();
          box.checked ? set.add(option.key) : set.delete(option.key);
          chosen.set(filter.key, set);
          most = PAGE;
          search();
        });
        label.append(box, ' ' + option.title[0].toUpperCase() + option.title.slice(1) + ' ', make('span', String(number), { class: 'facts' }));
        group.append(label);
      }
      if (group.children.length > 1) box.append(group);
    }
    if (had && had.startsWith('filter-')) { const same = document.getElementById(had); if (same) same.focus(); }
  };

  /** The words around what was found, with these marked. */
  const excerpt = (text, found) => {
    const words = engine.wordsOf(text), hits = words.map(w => found.has(w.word));
    let from = 0, best = -1;
    for (let i = 0; i < words.length; i++) {
      if (!hits[i] && i) continue;
      const seen = new Set(words.slice(i, i + 36).filter((w, n) => hits[i + n]).map(w => w.word));
      if (seen.size > best) { best = seen.size; from = i; }
    }
    from = Math.max(0, Math.min(from - 6, words.length - 42));
    const to = Math.min(words.length, from + 42), line = make('p', '', { class: 'excerpt' });
    /* Places in the folded text are those in the text itself only where folding keeps lengths. */
    const same = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().length === text.length;
    if (!same) text = text.normalize('NFKD').replace(/\p{M}/gu, '');
    let at = from ? words[from].at : 0;
    if (from) line.append('… ');
    for (let i = from; i < to; i++) {
      if (!hits[i]) continue;
      line.append(text.slice(at, words[i].at), make('mark', text.slice(words[i].at, words[i].end)));
      at = words[i].end;
    }
    line.append(text.slice(at, to < words.length ? words[to - 1].end : text.length));
    if (to < words.length) line.append(' …');
    return line;
  };
  const item = (shown, found, jump) => {
    const entry = make('li'), name = make('p', '', { class: 'result' });
    let url = shown.url;
    if (jump && jump.found && jump.number.includes('(')) url += '-' + jump.number.toLowerCase().match(/\(([a-z0-9]+)\)/g).map(level => level.slice(1, -1)).join('-');
    const link = make('a', '', { href: url });
    const heading = shown.trail[shown.trail.length - 1] || '';
    if (shown.number) link.append(make('span', shown.number, { class: 'number' }), ' ');
    link.append(heading || (shown.number ? '' : shown.short));
    name.append(link);
    const facts = make('p', shown.short + (shown.status ? ', ' + shown.status : ''), { class: 'facts' });
    if (shown.trail.length > 1) facts.append(' · ' + shown.trail.slice(0, -1).join(' › '));
    entry.append(name, facts, excerpt(shown.text, found));
    return entry;
  };

  const note = (...parts) => { const line = make('p', '', { class: 'note' }); line.append(...parts); notes.append(line); };
  const search = async () => {
    const mine = ++turn, query = field.value.trim();
    writeAddress();
    if (!query) {
      for (const box of [results, places, notes, status]) box.textContent = '';
      places.hidden = more.hidden = true;
      results.setAttribute('data-search-state', 'idle');
      part('lists').hidden = false;
      return;
    }
    results.setAttribute('data-search-state', 'busy');
    results.setAttribute('aria-busy', 'true');
    const wait = setTimeout(() => { if (mine === turn) status.textContent = 'Searching …'; }, 400);
    engine.missing.clear();
    let found = null, failed = '';
    try {
      const at = root.getAttribute('data-search-index').replace(/\.js$/, '').split('/');
      const name = at.pop();
      opened = opened || engine.open(at.length ? at.join('/') + '/' : '', name);
      await opened;
      const narrowed = [...chosen.values()].some(values => values.size);
      if (narrowed || narrow.open) await loadFilters();
      const is = record => { const kind = engine.start().kind[record]; return (kind === 2 || kind === 3) && (!narrowed || fits(record)); };
      found = await engine.find(query, { plainly, every: narrowed || narrow.open, only: is }, most);
    } catch (error) { opened = engine.start() ? opened : null; failed = String(error && error.message || error); }
    clearTimeout(wait);
    if (mine !== turn) return;
    for (const box of [results, places, notes]) box.textContent = '';
    if (!found) {
      status.textContent = 'The search index could not be read. The lists below lead to everything.';
      note('Reload the page, or copy the whole folder again: ' + failed + '.');
    } else await showFound(found, mine);
    if (mine !== turn) return;
    part('lists').hidden = !!found && found.items.length > 0;
    results.removeAttribute('aria-busy');
    results.setAttribute('data-search-state', 'done');
  };

  const showFound = async (found, mine) => {
    const { asked } = found, lines = [];
    if (engine.missing.size) lines.push(['A part of the search index could not be read (' + [...engine.missing].join(', ') + '): there may be more than is shown here. Copy the folder again to mend it.']);
    if (asked.instead.length) lines.push(['No paragraph has ' + asked.instead.map(([typed]) => '“' + typed + '”').join(', ') + '. Searched for ' + asked.instead.map(([, word]) => '“' + word + '”').join(', ') + ' instead.']);
    if (!found.exact) lines.push(['No paragraph has these words side by side: here they stand apart.']);
    const marked = new Set();
    for (const token of asked.tokens) if (!token.quiet || asked.tokens.every(other => other.quiet)) for (const word of token.forms || await engine.forms(new Set(token.slot.terms.map(meaning => meaning.term)))) marked.add(word);
    const names = new Set();
    for (const group of asked.also) for (const name of group.names) if (name.length < 5) name.forEach(term => names.add(term));
    for (const word of await engine.forms(names)) if (!engine.QUIET.has(word)) marked.add(word);
    const entries = [];
    for (const group of asked.also.concat(asked.works)) {
      const at = engine.entryOf(group), shown = at < 0 ? null : await engine.show(at);
      if (shown && shown.number) entries.push(shown);
    }
    if (plainly || asked.also.length) {
      const button = make('button', plainly ? 'Search for other names too' : 'Only my own words', { type: 'button' });
      button.addEventListener('click', () => { plainly = !plainly; field.focus(); search(); });
      const titles = entries.filter(entry => !asked.works.some(work => engine.entryOf(work) === entry.record)).map(entry => entry.number);
      lines.push([plainly ? 'Searched for your own words only. ' : titles.length ? 'Also searched: ' + titles.join(', ') + '. ' : 'Other words for the same thing are searched too. ', button]);
    }
    for (const record of found.documents) { const shown = await engine.show(record); if (shown) entries.unshift(shown); }
    const items = found.items.map(shown => item(shown, marked, found.named.has(shown.record) ? asked.jumps[0] : null));
    if (mine !== turn) return;
    for (const line of lines) note(...line);
    for (const shown of entries.slice(0, 4)) {
      const line = make('li');
      line.append(make('a', shown.number || shown.trail[shown.trail.length - 1] || shown.short, { href: shown.url }), ' ', make('span', shown.kind > 3 ? shown.short : shown.kind ? 'a heading of ' + shown.short : 'a document', { class: 'facts' }));
      places.append(line);
    }
    places.hidden = !entries.length;
    results.append(...items);
    more.hidden = found.items.length >= found.list.length;
    if (narrow.open && filters) showFilters(found.every);
    clearTimeout(settled);
    const some = found.list.length - found.matched;
    const said = !found.list.length ? 'Nothing found for “' + field.value.trim() + '”.' + ([...chosen.values()].some(values => values.size) ? ' Take a choice out of “Narrow the search”.' : ' Try fewer or other words, or the lists below.')
      : count(found.matched, 'paragraph', 'paragraphs') + ' found' + (some > 0 ? ', and ' + some + ' with only some of the words' : '');
    settled = setTimeout(() => { status.textContent = said; }, 500);
  };

  let typing = 0;
  const soon = () => { clearTimeout(typing); most = PAGE; results.setAttribute('data-search-state', 'busy'); typing = setTimeout(search, 150); };
  field.addEventListener('input', soon);
  form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(typing); most = PAGE; search(); });
  narrow.addEventListener('toggle', () => { if (narrow.open) search(); });
  more.addEventListener('click', async () => {
    const at = results.children.length;
    most += 2 * PAGE;
    await search();
    const next = results.children[at];
    if (next) next.querySelector('a').focus();
  });
  form.hidden = narrow.hidden = false;
  readAddress();
  if ([...chosen.values()].some(values => values.size)) narrow.open = true;
  if (field.value) search(); else if (!matchMedia('(pointer: coarse)').matches) field.focus();
})();
