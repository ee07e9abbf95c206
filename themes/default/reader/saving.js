/* A list or notes as files: one that is opened here again, and a pack that the builder of a site takes in. */
import { make } from './parts.js';

const save = (name, text, type) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};
const nameOf = (title) => title.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40) || "my-list";

export const saveList = (list) => save(nameOf(list.title) + ".list.json", JSON.stringify({ clausebook: "list", ...list }, null, 1) + "\n", "application/json");
export const saveNotes = (notes) => save("my.notes.json", JSON.stringify({ clausebook: "notes", notes }, null, 1) + "\n", "application/json");

/* Words that are only words to whoever builds a site. */
const plainly = (words) => words.replace(/[!-/:-@[-`{-~]/g, "\\$&");
const quoted = (words) => JSON.stringify(words).replace(/\u007f/g, "");
export const packOf = ({ title, items }, name) => {
  const front = ["+++", "title = " + quoted(title || name), 'kind = "pack"', 'status = "current"', 'numbering = "none"', "+++", ""];
  const parts = items.flatMap(({ d, a, t, w }) => [
    ...(t ? ["## " + plainly(t.replace(/\s+/g, " ").trim()), ""] : []),
    ...w.split("\n").map((line) => line.trim()).filter(Boolean).flatMap((line) => [plainly(line), ""]),
    "![[" + d + "#" + a.replace(/^para-/, "") + "]]", "",
  ]);
  return front.concat(parts).join("\n");
};
export const savePack = (list, name) => save(nameOf(list.title) + ".md", packOf(list, name), "text/markdown");

/* What a file holds that a reader chooses; nothing if it is none of ours. */
export const openedFrom = (file, done) => {
  const reader = new FileReader();
  reader.onload = () => {
    try {
      done(JSON.parse(reader.result));
    } catch (broken) {
      done(null);
    }
  };
  reader.onerror = () => done(null);
  if (file.size > 2000000) done(null);
  else reader.readAsText(file);
};
