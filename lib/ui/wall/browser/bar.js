// Done against target: the filled part, and a white line where working days say it should be by now.
import { el } from "./nodes.js";

export function bar({ fill, pace, standing }) {
  return el("div", { class: "bar", "data-standing": standing, style: { "--fill": fill } },
    el("i", {}),
    pace === null ? null : el("s", { style: { "--pace": pace } }));
}

// Ahead or behind: an arrow and a word, so that colour never speaks alone.
export function verdict({ standing, verdict: text }) {
  return el("span", { class: "verdict", "data-standing": standing }, text);
}
