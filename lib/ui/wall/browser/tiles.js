// The day's five numbers: large with their month on the day's scene, in a strip above every other.
import { el } from "./nodes.js";
import { bar, verdict } from "./bar.js";

const glow = (tile) => el("u", { class: "glow", pulse: tile.value });
const number = (tile) => el("p", { class: "number", "data-digits": tile.value.length }, el("b", {}, tile.value), el("small", {}, tile.unit));

export function tiles(frame) {
  return el("div", { class: "tiles" }, frame.tiles.map((tile) =>
    el("section", { class: "card tile", key: tile.key },
      glow(tile),
      el("h2", {}, el("span", {}, tile.label), el("small", {}, tile.target)),
      number(tile),
      tile.bar ? bar(tile.bar) : el("div", { class: "bar", "data-standing": "none" }),
      el("p", { class: "month" }, el("span", {}, tile.month), tile.bar ? verdict(tile.bar) : null))));
}

export function strip(frame) {
  return el("div", { class: "tiles strip" }, frame.tiles.map((tile) =>
    el("section", { class: "card tile", key: tile.key }, glow(tile), el("h2", {}, tile.label), number(tile))));
}
