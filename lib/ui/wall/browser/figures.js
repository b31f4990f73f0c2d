// A row of figures: the number, what it is, and its fraction where it has one.
import { el } from "./nodes.js";

export function panel(title, note, ...children) {
  return el("section", { class: "card panel" }, el("h2", {}, el("span", {}, title), el("small", {}, note)), children);
}

export function figures(items) {
  return el("dl", { class: "figures" }, items.map((item) =>
    el("div", { key: item.key, "data-alarm": item.alarm ? "yes" : "no" },
      el("u", { class: "glow", pulse: item.value }),
      el("dt", {}, item.label),
      el("dd", {}, el("b", {}, item.value), el("small", {}, item.unit)),
      el("p", {}, item.fraction))));
}

// A whole and its parts, each part as wide as its count and labelled below.
export function stack(parts) {
  const shown = parts.filter((part) => part.count > 0);
  return el("div", { class: "stack" },
    el("div", { class: "whole" }, shown.map((part) => el("i", { key: part.key, "data-part": part.key, style: { "--count": part.count } }))),
    el("ul", {}, parts.map((part) => el("li", { key: part.key, "data-part": part.key }, el("i", {}), el("span", {}, part.label), el("b", {}, part.value)))));
}
