/* The reader's own notes on the page of their list: each with its clause, and what became of that. */
import { button, foreign, make, phrase } from './parts.js';

export const notesIn = async ({ citationOf, drawNotes, keepNotes, ownNotes, pinNow, resolved, sameNote }) => {
  const notes = ownNotes();
  const found = await Promise.all(notes.map(resolved));
  const lines = notes.map((note, at) => {
    const { clauses, said, page } = found[at];
    const name = citationOf(clauses[0], note.d, note.a);
    const address = clauses[0] ? clauses[0].url : page;
    const line = make("li", {}, make("p", { class: "from" }, address ? make("a", { href: address }, name) : name), make("p", { class: "mine-note" }, note.w));
    const keepThese = (next) => {
      keepNotes(next);
      drawNotes();
    };
    const others = () => ownNotes().filter((other) => !sameNote(note)(other));
    const tools = make("div", { class: "tools", ...foreign() }, button(phrase("list.remove"), () => keepThese(others()), { "aria-label": phrase("list.remove-note-label", { number: name }) }));
    if (said) line.append(make("p", { class: "mine-said alert", ...foreign() }, said));
    if (said && clauses.length === 1) tools.prepend(button(phrase("list.accept"), async () => keepThese([...others(), await pinNow(note, clauses[0].d, clauses[0].a)])));
    line.append(tools);
    return line;
  });
  return make("ul", { class: "mine-items" }, ...lines);
};
