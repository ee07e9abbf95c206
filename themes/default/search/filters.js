/* The ways to narrow a search, and what of them was chosen. */

import { action, make, on, phrase } from './markup.js';

/** How many choices of a filter are shown at first. */
const FEW = 5;
const nameOf = option => option.title[0].toUpperCase() + option.title.slice(1);

/** The filters in a box and what was chosen in a line. `changed` is called after a choice; `taken` after one is taken back. */
export const filterPanel = (box, line, changed, taken) => {
  const chosen = new Map(), whole = new Set();
  let filters = null;
  const narrowed = () => [...chosen.values()].some(values => values.size);
  const add = (key, option) => chosen.set(key, (chosen.get(key) || new Set()).add(option));
  const choose = (key, option, on) => {
    add(key, option);
    if (!on) chosen.get(key).delete(option);
    changed();
  };
  const pairs = () => [...chosen].flatMap(([key, values]) => [...values].map(value => [key, value]));
  const read = async index => { if (!filters) filters = (await index.filters()).filter(filter => filter.options.length); };
  /** Whether a record has a choice of each filter in which there are any; `but` is passed over. */
  const fits = (record, but) => filters.every(({ key, options }) => {
    const values = chosen.get(key);
    return key === but || !values || !values.size || options.some(option => values.has(option.key) && option.records.has(record));
  });
  const show = found => {
    const focused = document.activeElement ? document.activeElement.id : '';
    box.textContent = '';
    for (const { key, title, options } of filters || []) {
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
        on(input, 'change', () => choose(key, option.key, input.checked));
        group.append(make('label', {}, input, ' ' + nameOf(option) + ' ', make('span', { class: 'facts' }, number)));
      }
      if (!whole.has(key) && shown.length > FEW + 1) {
        group.append(action(phrase('all', { count: shown.length }), () => {
          whole.add(key);
          show(found);
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
    line.textContent = '';
    line.hidden = !narrowed();
    for (const [key, value] of line.hidden ? [] : pairs()) {
      const filter = filters.find(filter => filter.key === key), option = filter && filter.options.find(option => option.key === value);
      const button = action(option ? nameOf(option) : value, () => { choose(key, value, false); taken(); });
      button.setAttribute('aria-label', phrase('remove-label', { filter: button.textContent }));
      line.append(button, ' ');
    }
    if (!line.hidden) line.append(action(phrase('clear'), () => { chosen.clear(); changed(); taken(); }));
  };
  return { narrowed, add, pairs, read, fits, show, showChosen };
};
