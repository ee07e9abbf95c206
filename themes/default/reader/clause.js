/*
 * What the default theme adds to the page of one clause where scripts run: ways to copy, and the clause on a wall. Comes
 * after `site.js`. The address says that a page is on a wall, so that arrows lead to the next clause on the wall, from a
 * folder too.
 */
import { button, foreign, make, one, phrase } from './parts.js';
import { WORDS, fill, wallOf } from './wall.js';

const { copy, address } = clausebook;
const [before, after] = [one("[rel=prev]"), one("[rel=next]")];

const show = wallOf({
  clause: one(".clause"),
  kind: () => Object.keys(WORDS).find((name) => document.body.classList.contains(name)),
  tag: () => (one(".front .tag") || make("b", {})).textContent,
  beyond: (forward) => {
    const link = forward ? after : before;
    if (link) location.href = link.href.split("#")[0] + "#wall";
  },
  left: () => {
    if (location.hash === "#wall") history.replaceState(null, "", location.pathname + location.search);
    const opener = one(".tools button");
    if (opener) opener.focus();
  },
});

/* Its link, its citation, its words with both. */
const offer = () => {
  const citation = one("h1").textContent;
  const quoted = one("[data-quotation]");
  const link = address("");
  const tools = make("div", { class: "tools", ...foreign() }, button(phrase("script.wall"), () => fill(show), { class: "main" }));
  if (link) tools.append(button(phrase("script.copy-link"), (from) => copy(link, from)));
  tools.append(button(phrase("script.copy-citation"), (from) => copy(citation, from)));
  if (quoted) tools.append(button(phrase("script.copy-quotation"), (from) => copy(quoted.dataset.quotation, from)));
  tools.append(button(phrase("script.print"), () => window.print()));
  one(".front").after(tools);
};
offer();
const asked = () => location.hash === "#wall" && show();
asked();
addEventListener("hashchange", asked);
