// Fuzz target for what readers type: `node tests/fuzz/search_query.mjs MUTATIONS [SEED]`. Runs the kept corpus and so many
// mutations of it through the search of the golden site, as a page opened from a folder does, and fails if a query throws, takes
// long, or finds what it should not. `tests/suite/fuzz.rs` runs it with a few.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url)), top = path.join(here, '../..');
const site = path.join(top, 'tests/golden/public'), corpus = path.join(here, 'corpus/search_query');
const [mutations = '1000', seed = '1'] = process.argv.slice(2);

// A page as far as search needs one: scripts that are put into the head are run.
globalThis.window = globalThis;
window.clausebookWords = key => key;
globalThis.document = {
  createElement: () => ({ remove() {} }),
  head: {
    append(script) {
      fs.readFile(path.join(site, script.src), 'utf8', (error, text) => {
        if (error) return script.onerror();
        vm.runInThisContext(text, { filename: script.src });
        script.onload();
      });
    },
  },
};

// Modules are known as such by the folder that they are in.
const modules = fs.mkdtempSync(path.join(os.tmpdir(), 'search-'));
process.on('exit', () => fs.rmSync(modules, { recursive: true, force: true }));
fs.cpSync(path.join(top, 'themes/default/search'), modules, { recursive: true });
fs.writeFileSync(path.join(modules, 'package.json'), '{"type":"module"}');
const load = name => import(pathToFileURL(path.join(modules, name)));
const { openIndex, isText } = await load('index.js');
const { find } = await load('rank.js');
const { suggestions } = await load('suggest.js');
const named = fs.readdirSync(path.join(site, 'search')).find(name => name.startsWith('index-'));
const index = await openIndex('search/', named.replace(/\.js$/, ''));

// The same numbers in every run (mulberry32).
let state = Number(seed) >>> 0;
const below = bound => {
  state = state + 0x6d2b79f5 >>> 0;
  let n = Math.imul(state ^ state >>> 15, state | 1);
  n ^= n + Math.imul(n ^ n >>> 7, n | 61);
  return ((n ^ n >>> 14) >>> 0) % Math.max(1, bound);
};
const MARKS = ['"', '“', '”', '«', '-', '–', '(', ')', '.', ',', ';', ':', '\'', '’', '§', '¶', '#', '\\', '*', '[', '+', '?', '{', '1', '0', 'iv', 's ', 'reg ', 'note ', 'Schedule ',
  ' ', '\t', '\n', '\0', '\u00ad', '\u200d', '\ud800', '\u0301', 'İ', 'ß', 'ﬃ', '٣', '日', '__proto__', 'constructor'];
const mutated = list => {
  let text = list[below(list.length)];
  for (let n = 1 + below(6); n > 0; n--) {
    const at = below(text.length + 1), end = Math.min(text.length, at + 1 + below(12)), other = list[below(list.length)];
    const put = [MARKS[below(MARKS.length)], text.slice(at, end).repeat(1 + below(40)), other.slice(below(other.length)), String.fromCharCode(below(65536)), ''][below(5)];
    text = text.slice(0, at) + put + text.slice(below(2) ? at : end);
  }
  return text.slice(0, 4000);
};

const check = async query => {
  const begun = performance.now();
  for (const options of [{}, { plainly: true }, { typing: true }]) {
    const found = await find(index, query, options, 20);
    const isOdd = record => !Number.isInteger(record) || record < 0 || record >= index.count || !isText(index.kind[record]);
    if (found.list.some(isOdd)) throw new Error('found what is no text');
    if (new Set(found.list).size !== found.list.length) throw new Error('found one thing twice');
    if (found.list.some(record => !Number.isFinite(found.score[record]))) throw new Error('a score is no number');
    if (found.items.length > 20 || found.items.some(item => !item.url)) throw new Error('shown what is nowhere');
  }
  for (const whole of await suggestions(index, query)) if (typeof whole !== 'string') throw new Error('suggested no words');
  if (performance.now() - begun > 3000) throw new Error('took longer than 3 seconds');
};

const kept = fs.readdirSync(corpus).sort().map(name => fs.readFileSync(path.join(corpus, name), 'utf8'));
const queries = kept.concat(Array.from({ length: Number(mutations) }, () => mutated(kept)));
for (const query of queries) {
  try {
    await check(query);
  } catch (error) {
    console.error(`search_query fails with ${JSON.stringify(query)}: ${error.stack}`);
    process.exit(1);
  }
}
console.log(`${queries.length} queries`);
