/* Numbers: those in a file of the index are as in `search/code.rs`. */

export const { max, min } = Math;

export class Numbers {
  constructor(text, at = 0) { this.text = text; this.at = at; }
  next() { return this.list(1)[0]; }
  /** The next numbers; `sum` gives rising ones, which are written as steps. */
  list(count, sum = false) {
    const { text } = this, list = new Array(count);
    let { at } = this, last = -1;
    for (let i = 0; i < count; i++) {
      let value = 0, weight = 1, digit = 61;
      while (digit > 60) {
        digit = text.charCodeAt(at++) - 35;
        if (digit > 57) digit--;
        if (!(digit >= 0)) throw new Error('damaged');
        value += digit * weight;
        weight *= 30;
      }
      last = sum ? last + value + 1 : value;
      list[i] = last;
    }
    this.at = at;
    return list;
  }
  rising(count) { return this.list(count, true); }
}
export const numbers = text => { const list = []; for (const n = new Numbers(text); n.at < text.length;) list.push(n.next()); return list; };
export const rising = text => { let value = -1; return numbers(text).map(step => value += step + 1); };
/** The place of the last that is not above a value, among rising ones; -1 if all are. */
export const place = (list, value) => {
  let low = 0, high = list.length;
  while (low < high) { const middle = low + high >> 1; list[middle] > value ? high = middle : low = middle + 1; }
  return low - 1;
};