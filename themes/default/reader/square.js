/*
 * An address as a QR code (ISO/IEC 18004), for the paper on which a list is printed: bytes, level L, up to version 20. The
 * builder makes those of pages; that of a list only the browser can make, for only it has the list.
 */
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];
const CLEAR = 4;

/* Codewords that a version has in all. */
const roomOf = (version) => {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55 + (version > 6 ? 36 : 0);
  }
  return Math.floor(modules / 8);
};
const roomForData = (version) => roomOf(version) - CHECKS[version - 1] * BLOCKS[version - 1];

/* The field of 256 elements, by its logarithms. */
const POWERS = [];
const LOGS = [];
for (let power = 0, value = 1; power < 255; power++) {
  POWERS[power] = value;
  LOGS[value] = power;
  value = value << 1 ^ (value > 127 ? 285 : 0);
}
const times = (one, other) => (one && other ? POWERS[(LOGS[one] + LOGS[other]) % 255] : 0);
const checksOf = (data, count) => {
  let divisor = [1];
  for (let at = 0; at < count; at++) {
    const next = divisor.concat(0);
    divisor.forEach((factor, place) => (next[place + 1] ^= times(factor, POWERS[at])));
    divisor = next;
  }
  const rest = data.concat(Array(count).fill(0));
  data.forEach((_, at) => {
    const lead = rest[at];
    divisor.forEach((factor, place) => (rest[at + place] ^= times(factor, lead)));
  });
  return rest.slice(data.length);
};

/* The codewords of some bytes, block by block and then across. */
const codewords = (bytes, version) => {
  const bits = [];
  const add = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push(value >> bit & 1);
  };
  add(4, 4);
  add(bytes.length, version > 9 ? 16 : 8);
  bytes.forEach((byte) => add(byte, 8));
  const most = roomForData(version);
  add(0, Math.min(4, most * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 236; data.length < most; pad ^= 253) data.push(pad);
  const count = BLOCKS[version - 1];
  const short = Math.floor(most / count);
  const blocks = [];
  for (let at = 0, from = 0; at < count; at++) {
    const length = short + (at >= count - most % count ? 1 : 0);
    blocks.push(data.slice(from, from + length));
    from += length;
  }
  const checks = blocks.map((block) => checksOf(block, CHECKS[version - 1]));
  const across = (lists) => Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, at) => lists.map((list) => list[at])).flat().filter((value) => value !== undefined);
  return across(blocks).concat(across(checks));
};

const MASKS = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, (x) => x % 3, (x, y) => (x + y) % 3, (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => x * y % 2 + x * y % 3, (x, y) => (x * y % 2 + x * y % 3) % 2, (x, y) => ((x + y) % 2 + x * y % 3) % 2,
];
const remainder = (value, length, divisor) => {
  let rest = value;
  for (let at = 0; at < length; at++) rest = rest << 1 ^ (rest >> length - 1) * divisor;
  return value << length | rest;
};

/* The modules, row by row; `fixed` says which are those of the pattern. */
const drawn = (words, version, mask) => {
  const size = version * 4 + 17;
  const rows = Array.from({ length: size }, () => Array(size).fill(0));
  const fixed = Array.from({ length: size }, () => Array(size).fill(false));
  const set = (x, y, dark) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    rows[y][x] = dark ? 1 : 0;
    fixed[y][x] = true;
  };
  const ring = (cx, cy, reach, light) => {
    for (let y = -reach; y <= reach; y++) {
      for (let x = -reach; x <= reach; x++) set(cx + x, cy + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))));
    }
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => ring(x, y, 4, [2, 4]));
  if (version > 1) {
    const count = Math.floor(version / 7) + 2;
    const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
    const places = [6, ...Array.from({ length: count - 1 }, (_, at) => size - 7 - (count - 2 - at) * step)];
    places.forEach((x, i) => places.forEach((y, j) => {
      const last = count - 1;
      if (!(i === 0 && j === 0) && !(i === 0 && j === last) && !(i === last && j === 0)) ring(x, y, 2, [1]);
    }));
  }
  const format = remainder(8 | mask, 10, 1335) ^ 21522;
  const bit = (value, at) => value >> at & 1;
  for (let at = 0; at < 15; at++) {
    const dark = bit(format, at);
    set(8, at < 6 ? at : at < 8 ? at + 1 : size - 15 + at, dark);
    set(at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at, 8, dark);
  }
  set(8, size - 8, true);
  if (version > 6) {
    const told = remainder(version, 12, 7973);
    for (let at = 0; at < 18; at++) {
      const [x, y] = [size - 11 + at % 3, Math.floor(at / 3)];
      set(x, y, bit(told, at));
      set(y, x, bit(told, at));
    }
  }
  let at = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    const isUp = (right + 1 & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x]) continue;
        const dark = at < words.length * 8 ? bit(words[at >> 3], 7 - (at & 7)) : 0;
        rows[y][x] = dark ^ (MASKS[mask](x, y) === 0 ? 1 : 0);
        at++;
      }
    }
  }
  return rows;
};
/* How hard a pattern is to read: long runs, blocks, and more of one shade than of the other. */
const penalty = (rows) => {
  const lines = rows.concat(rows.map((_, x) => rows.map((row) => row[x]))).map((line) => line.join(""));
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) || []).reduce((sum, run) => sum + run.length - 2, 0);
  const marks = lines.flatMap((line) => line.match(/00001011101|10111010000/g) || []).length * 40;
  let blocks = 0;
  let dark = 0;
  rows.forEach((row, y) => row.forEach((module, x) => {
    dark += module;
    if (y && x && module === row[x - 1] && module === rows[y - 1][x] && module === rows[y - 1][x - 1]) blocks += 3;
  }));
  return runs + marks + blocks + Math.floor(Math.abs(dark * 20 / rows.length ** 2 - 10)) * 10;
};

/* The modules of a text; nothing if it is too long. */
const modulesOf = (text) => {
  const bytes = Array.from(new TextEncoder().encode(text));
  let version = 1;
  while (version <= 20 && bytes.length + (version > 9 ? 3 : 2) > roomForData(version)) version++;
  if (version > 20) return null;
  const words = codewords(bytes, version);
  const tried = MASKS.map((_, mask) => drawn(words, version, mask));
  return tried.reduce((best, rows) => (penalty(rows) < penalty(best) ? rows : best));
};

/* An address as a picture, with the four clear modules around it that readers need. */
export const squareOf = (text) => {
  const rows = modulesOf(text);
  if (!rows) return null;
  const element = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const side = rows.length + 2 * CLEAR;
  const path = rows.map((row, y) => row.map((dark, x) => (dark ? "M" + (x + CLEAR) + " " + (y + CLEAR) + "h1v1h-1z" : "")).join("")).join("");
  const svg = element("svg", { viewBox: "0 0 " + side + " " + side, "aria-hidden": "true" });
  svg.append(element("path", { fill: "#fff", d: "M0 0h" + side + "v" + side + "H0z" }), element("path", { fill: "#000", d: path }));
  return svg;
};
