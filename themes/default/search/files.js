/* The files of an index: scripts, each of which says its name and what it holds. */

/** What an act gives for each of a list, once all is there. */
export const awaitEach = (list, act) => Promise.all(list.map(act));
const arrived = new Map(), asked = new Map();
/** The files that the last search could not have. */
export const missing = new Set();
window.clausebookShard = (name, data) => arrived.set(name, data);

const fetched = (name, address) => new Promise((done, fail) => {
  const script = document.createElement('script');
  script.src = address;
  script.onload = () => { script.remove(); arrived.has(name) ? done(arrived.get(name)) : fail(); };
  script.onerror = () => { script.remove(); fail(); };
  document.head.append(script);
});
/** What a file of a folder holds, or null if it cannot be had: the search goes on without it, and says so. */
export const file = (folder, name, ending) => {
  const address = folder + name + '-' + ending + '.js';
  if (!asked.has(name)) {
    asked.set(name, fetched(name, address).catch(() => fetched(name, address + '?again')).catch(() => {
      asked.delete(name);
      return null;
    }));
  }
  return asked.get(name).then(data => { if (data === null) missing.add(name); return data; });
};
