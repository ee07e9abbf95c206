/* Elements and words of the page. */

/** Words of the catalogue: those of `script.search`, if the key has no other section. */
export const phrase = (key, given) => window.clausebookWords(key, given);
/** An element: every word in it is a text, never markup. */
export const make = (name, attributes, ...within) => {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...within);
  return element;
};
export const on = (element, event, act) => element.addEventListener(event, act);
export const action = (words, act) => {
  const button = make('button', { type: 'button' }, words);
  on(button, 'click', act);
  return button;
};
export const quoted = words => words.map(word => '“' + word + '”').join(', ');
