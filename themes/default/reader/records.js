/*
 * Words of clauses, from the files of search: pages that are opened from a folder may not read one another. Previews and
 * lists read them here.
 */

/* What a script holds, loaded once; nothing if it cannot be had. */
const arrived = {};
const asked = {};
const last = window.clausebookShard;
window.clausebookShard = (name, data) => {
  arrived[name] = data;
  if (last) last(name, data);
};
export const load = (name, src) => {
  asked[name] = asked[name] || new Promise((done) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = script.onerror = () => {
      script.remove();
      done(arrived[name]);
    };
    document.head.append(script);
  });
  return asked[name];
};

/* The files of search in which each page is: name and address. `src/search/excerpts.rs` tells how they are written. */
const filesByPage = (indexes, top) => {
  const files = {};
  for (const { folder, names, pages } of indexes) {
    let page = "";
    pages.split(",").forEach((listed, n) => {
      const name = folder + "t" + n;
      const file = [name, top + "search/" + name + "-" + names.substr(n * 5, 5) + ".js"];
      if (listed.startsWith("+")) files[page].push(file);
      for (const [shared, rest] of listed.match(/[A-Z][^A-Z]*/g)?.map((code) => [code.charCodeAt(0) - 65, code.slice(1)]) || []) {
        page = page.slice(0, shared) + rest;
        files[page] = [file];
      }
    });
  }
  return files;
};

const fields = ([page, number, fragment, trail, text, , notes, own], { pages, under }) => ({
  number,
  id: fragment === 0 ? number : fragment.slice(1),
  trail: under[trail],
  text: text.slice(0, own),
  notes,
  short: pages[page][0],
  address: pages[page][1],
  status: pages[page][2],
});

/* The records of a page, in its order; its other files are asked for at once. `source` is the address of `data/places.js`. */
export const recordsOf = async (page, source) => {
  const top = new URL(source || "", location.href).href.replace(/data\/places\.js$/, "");
  if (!source || !page.startsWith(top) || !page.endsWith(".html")) return [];
  const files = filesByPage((await load("places", source)) || [], top);
  const own = files[page.slice(top.length, -5)] || [];
  const loaded = await Promise.all(own.map(([name, src]) => load(name, src)));
  return loaded.flatMap((file) => (file ? file.records.map((record) => fields(record, file)) : []))
    .filter(({ address }) => top + address === page);
};
