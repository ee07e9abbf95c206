/* The page of search. Finds clauses, from a folder as from a server. What is typed never becomes an address or markup. */

import { missing } from './files.js';
import { filterPanel } from './filters.js';
import { openIndex } from './index.js';
import { action, make, on, phrase, quoted } from './markup.js';
import { find } from './rank.js';
import { itemsOf, named, placeOf, synonymsIn } from './results.js';
import { suggestionList, suggestions } from './suggest.js';
import { wordsOf } from './words.js';

window.clausebookWords.add(CATALOGUE);
window.clausebookSearch = { start: () => null };

/** How many results are shown at first. */
const PAGE = 10;
const part = name => document.querySelector('[data-search-' + name + ']');

const begin = root => {
  const [status, heading, notes, places, results, more, lists, scope] = ['status', 'heading', 'notes', 'places', 'results', 'more', 'lists', 'scope'].map(part);
  const title = document.title, idle = heading.textContent;
  const form = root.querySelector('form'), field = form.querySelector('input'), narrow = root.querySelector('details'), wide = scope.querySelector('input');
  let plainly = false, most = PAGE, turn = 0, opening = null, openingOther = null, typing = 0, telling = 0;
  const panel = filterPanel(part('filters'), part('chosen'), () => { most = PAGE; search(); }, () => heading.focus());

  /* What is asked is in the address, so that a search can be kept and passed on. */
  const fromAddress = () => {
    for (const [key, value] of new URLSearchParams(location.search)) {
      if (key === 'q') field.value = value;
      else if (key === 'plain') plainly = true;
      else if (key === 'wide') wide.checked = true;
      else panel.add(key, value);
    }
  };
  const toAddress = query => {
    const asked = new URLSearchParams([...query ? [['q', query]] : [], ...panel.pairs()]);
    if (plainly) asked.set('plain', 'yes');
    if (wide.checked) asked.set('wide', 'yes');
    const end = asked.toString();
    try { history.replaceState(null, '', location.pathname + (end && '?' + end)); } catch (error) { /* Then it is not kept. */ }
  };

  /** Reads the first file of the index, once. */
  const [, folder, name] = root.getAttribute('data-search-index').match(/^(.*\/)?(.*)\.js$/);
  const ready = () => {
    if (!opening) {
      opening = openIndex(folder || '', name).then(index => {
        scope.hidden = !index.other;
        if (index.other) scope.firstChild.append(phrase('wider', { names: index.other.names.join(', ') }));
        window.clausebookSearch = tested(index);
        return index;
      });
      opening.catch(() => { opening = null; });
    }
    return opening;
  };
  /** The same of the index of what is searched on request; null if it cannot be had. */
  const other = index => {
    if (!openingOther) openingOther = openIndex(folder || '', index.other.start).catch(() => openingOther = null);
    return openingOther;
  };
  /** What tests ask. */
  const tested = index => ({ ...index, wordsOf, start: () => index, find: (...asked) => find(index, ...asked), other: () => other(index).then(tested) });
  const ask = async (index, query, only, typing) => {
    const found = await find(index, query, { plainly, every: narrow.open || panel.narrowed(), only, typing }, most);
    return { ...found, elements: await itemsOf(index, found), named: await named(index, found), synonyms: await synonymsIn(index, found) };
  };

  /** What is to be said of a search before its results. */
  const remarks = found => {
    const lines = [], say = (...within) => lines.push(make('p', {}, ...within));
    if (missing.size) say(phrase('damaged', { files: [...missing].join(', ') }));
    if (found.instead.length) say(phrase('instead', {
      typed: quoted(found.instead.map(([typed]) => typed)), found: quoted(found.instead.map(([, word]) => word)),
    }));
    for (const [typed, word] of found.offers) {
      say(phrase('offer') + ' ', action(word, () => { field.value = field.value.replace(new RegExp(typed, 'i'), word); search(true); }));
    }
    if (found.apart) say(phrase('apart'));
    if (found.otherForms) say(phrase('other-forms'));
    if (found.absent.length) say(phrase('absent', { places: found.absent.join(', ') }));
    if (found.lacking.length && found.list.length && !found.apart) say(phrase('lacking', { words: quoted(found.lacking) }));
    if (plainly || found.also.length || found.meant.length) {
      const button = action(plainly ? phrase('go-widely') : phrase('go-plainly'), () => { plainly = !plainly; field.focus(); search(); });
      const names = [...new Set(found.named.filter(entry => entry.also).map(entry => entry.number).concat(found.meant, found.synonyms))];
      say(plainly ? phrase('plainly') : names.length ? phrase('also', { names: names.join(', ') })
        : phrase('widely'), ' ', button);
    }
    return lines;
  };
  /** How many there are, and how many of them have the words themselves. */
  const saidOf = ({ list, own, similar, one }) => {
    if (own === list.length) return phrase('found', { count: own });
    if (!own) return similar ? phrase('found-similar', { count: similar }) : phrase('found-some', { count: list.length });
    return (one ? phrase('found-word', { count: own }) : phrase('found-all', { count: own }))
      + (similar ? ', ' + phrase('similar', { count: similar }) : '');
  };
  const split = (words, id) => make('li', id ? { class: 'split', id } : { class: 'split' }, words);
  /** Shows what was found, and what of it is in documents that are searched on request; says it in a line. */
  const show = (query, found, beside, names) => {
    const { list, own, similar, last, one, divided } = found, count = beside ? beside.list.length : 0;
    let said = saidOf(found);
    if (!list.length) {
      said = count ? phrase('found-wider', { count, names })
        : panel.narrowed() ? phrase('none-narrowed', { query }) : phrase('none', { query });
    }
    notes.append(...remarks(list.length || !count ? found : beside));
    const entries = found.named.concat(count ? beside.named : []);
    places.append(...entries.slice(0, 4).map(placeOf));
    results.append(...found.elements);
    /* The last first, for each moves those after it. */
    const divide = (at, words) => { if (at && results.children[at]) results.children[at].before(split(words)); };
    if (last < list.length) divide(last, phrase('some', { count: list.length - last }));
    if (one && divided && similar) divide(own, phrase('similar', { count: similar }));
    if (list.length && beside) {
      const words = count ? phrase('from-wider', { count, names }) : phrase('none-wider', { names });
      notes.append(make('p', {}, count ? make('a', { href: '#wider' }, words) : words));
      if (count) results.append(split(words, 'wider'));
      said += '. ' + words;
    }
    if (count) results.append(...beside.elements);
    return said;
  };
  const clear = (...boxes) => { for (const box of boxes) box.textContent = ''; };
  const settle = state => results.setAttribute('data-search-state', state);
  const search = async focus => {
    const mine = ++turn, query = field.value.trim();
    clearTimeout(telling);
    toAddress(query);
    document.title = query ? query + ' – ' + title : title;
    if (!query) {
      clear(status, notes, places, results);
      heading.textContent = idle;
      places.hidden = more.hidden = part('chosen').hidden = true;
      lists.hidden = false;
      settle('idle');
      return;
    }
    settle('busy');
    telling = setTimeout(() => { status.textContent = phrase('searching'); }, 500);
    missing.clear();
    let found = null, beside = null, names = '', fault = '';
    try {
      const index = await ready(), narrowed = panel.narrowed();
      if (narrow.open || narrowed) await panel.read(index);
      panel.showChosen();
      found = await ask(index, query, narrowed ? record => panel.fits(record) : null, focus !== true);
      if (index.other && !narrowed && (wide.checked || !found.list.length || found.lost)) {
        names = index.other.names.join(', ');
        const second = await other(index);
        beside = second && await ask(second, query, null);
        /* A number that only the others have is what was asked for; words are not. */
        if (beside && found.lost && beside.jumps.length) found.list = found.items = found.elements = [];
        else if (!wide.checked && found.list.length) beside = null;
      }
    } catch (error) { fault = error.message || error; }
    if (mine !== turn) return;
    clear(notes, places, results);
    const said = found ? show(query, found, beside, names) : phrase('unread', { fault });
    if (found && narrow.open) panel.show(found.every);
    places.hidden = !places.children.length;
    more.hidden = !found || [found, beside].every(one => !one || one.items.length >= one.list.length);
    lists.hidden = results.children.length > 0;
    heading.textContent = said;
    if (focus === true) heading.focus();
    settle('done');
    /* Said once typing rests, not at each letter. */
    clearTimeout(telling);
    telling = setTimeout(() => { status.textContent = said; }, 500);
  };

  const suggested = suggestionList(field, () => search());
  const suggest = async () => {
    const query = field.value, texts = query.trim() ? await ready().then(index => suggestions(index, query)).catch(() => []) : [];
    if (field.value === query && document.activeElement === field) suggested.show(texts);
  };

  /* Whoever goes to the field will search: the index comes while they type. */
  on(field, 'focus', () => { ready().catch(() => { /* The search will say it. */ }); });
  on(field, 'input', () => {
    most = PAGE;
    settle('busy');
    clearTimeout(typing);
    typing = setTimeout(() => search(false).then(suggest), 150);
  });
  on(form, 'submit', event => { event.preventDefault(); clearTimeout(typing); suggested.close(); search(true); });
  on(wide, 'change', () => { most = PAGE; search(); });
  on(narrow, 'toggle', () => { if (narrow.open && field.value.trim()) search(); });
  on(more, 'click', async () => {
    const links = () => results.querySelectorAll('.result a'), shown = links().length;
    most += 2 * PAGE;
    await search();
    if (links()[shown]) links()[shown].focus();
  });
  form.hidden = narrow.hidden = false;
  fromAddress();
  narrow.open = panel.narrowed();
  if (field.value) search(true);
};

const root = document.querySelector('[data-search-index]');
if (root) begin(root);
