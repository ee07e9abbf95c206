/* Suggestions while typing: words and headings that begin so, in a list below the field (the pattern of a combobox). */

import { make, on, phrase } from './markup.js';
import { inflections, plainWords, wordsOf } from './words.js';

/** How many words and headings are suggested. */
const WORDS = 5, HEADINGS = 3;

/** The queries that an unfinished one may become. Of the index, only what has been read is asked. */
export const suggestions = async (index, query) => {
  const typed = wordsOf(query), last = typed.pop();
  if (!last || last.word.length < 2 || last.end < query.length) return [];
  const pairs = (await index.beginning(last.word, 300)).filter(([word]) => /^\p{L}/u.test(word)), held = new Map(), words = [];
  for (const [word, term] of pairs) held.set(word, await index.heldBy(term));
  for (const [word] of pairs.sort(([a], [b]) => held.get(b) - held.get(a) || a.length - b.length)) {
    if (words.length < WORDS && !inflections(word).some(form => words.includes(form))) words.push(word);
  }
  const names = index.headings().filter(heading => {
    const own = plainWords(heading);
    return typed.every(({ word }) => own.includes(word)) && own.some(word => word.startsWith(last.word));
  });
  const whole = words.map(word => query.slice(0, last.at) + word).concat(names.sort((a, b) => a.length - b.length).slice(0, HEADINGS));
  return whole.filter(one => one.toLowerCase() !== query.toLowerCase());
};

/** The list below a field: `show` fills it, `close` empties it; `take` is called once one of it is in the field. */
export const suggestionList = (field, take) => {
  const list = make('div', { id: 'suggestions', role: 'listbox', 'aria-label': phrase('suggestions'), hidden: '' });
  const state = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' };
  for (const name in state) field.setAttribute(name, state[name]);
  field.parentNode.after(list);
  let active = -1;
  const mark = at => {
    active = at;
    [...list.children].forEach((option, i) => {
      option.setAttribute('aria-selected', i === at);
      option.replaceChildren(i === at ? make('mark', {}, option.textContent) : option.textContent);
    });
    if (at < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', list.children[at].id);
  };
  const show = texts => {
    list.replaceChildren(...texts.map((text, i) => make('div', { id: 'suggestion-' + i, role: 'option' }, text)));
    list.hidden = !texts.length;
    list.className = list.hidden ? '' : 'preview';
    field.setAttribute('aria-expanded', !list.hidden);
    mark(-1);
  };
  const close = () => show([]);
  const choose = option => { field.value = option.textContent; close(); take(); };
  on(field, 'keydown', event => {
    const { key } = event, all = list.children.length + 1;
    if (all === 1 || event.isComposing) return;
    if (key === 'ArrowDown') mark((active + 2) % all - 1);
    else if (key === 'ArrowUp') mark((active + all) % all - 1);
    else if (key === 'Escape') close();
    else if (key === 'Enter' && active >= 0) choose(list.children[active]);
    else return;
    event.preventDefault();
  });
  on(field, 'blur', close);
  /* The field keeps the focus. */
  on(list, 'mousedown', event => event.preventDefault());
  on(list, 'click', event => { const option = event.target.closest('[role=option]'); if (option) choose(option); });
  return { show, close };
};
