// The day's five numbers: large with their month on the day's scene, in a strip above every other.
import { el } from "./nodes.js";
import { bar, verdict } from "./bar.js";

const ROOM = 20; // letters beside each other below a bar; a Chinese one takes two

const glow = (tile) => el("u", { class: "glow", pulse: tile.value });
const room = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);

function number({ value, unit }) {
  const short = room(unit) <= 2; // a measure word; in other languages the label says it
  return el("p", { class: "number", "data-digits": value.length }, el("b", {}, value), short ? el("small", {}, unit) : null);
}

const crowded = (tile) => room(tile.month + (tile.bar ? tile.bar.verdict : "")) > ROOM;

function month(tile, small) {
  return el("p", { class: "month", ...(small ? { "data-small": "" } : {}) },
    el("span", {}, tile.month), tile.bar ? verdict(tile.bar) : null);
}

export function tiles(frame) {
  const small = frame.tiles.some(crowded);
  return el("div", { class: "tiles" }, frame.tiles.map((tile) =>
    el("section", { class: "card tile", key: tile.key },
      glow(tile),
      el("h2", {}, el("span", {}, tile.label), el("small", {}, tile.target)),
      number(tile),
      tile.bar ? bar(tile.bar) : el("div", { class: "bar", "data-standing": "none" }),
      month(tile, small))));
}

export function strip(frame) {
  return el("div", { class: "tiles strip" }, frame.tiles.map((tile) =>
    el("section", { class: "card tile", key: tile.key }, glow(tile), el("h2", {}, tile.label), number(tile))));
}
