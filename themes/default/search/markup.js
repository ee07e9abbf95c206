/* Elements and words of the page. */

export const phrase = (key, given) => window.clausebookWords(key, given);
/** An element: every word in it is a text, never markup. */
export const make = (name, attributes, ...within) => {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...within);
  return element;
};
export const action = (words, act) => {
  const button = make('button', { type: 'button' }, words);
  button.addEventListener('click', act);
  return button;
};
export const quoted = words => words.map(word => '“' + word + '”').join(', ');
