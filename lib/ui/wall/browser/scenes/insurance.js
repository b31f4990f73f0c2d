import { strip } from "../tiles.js";
import { figures, panel, stack } from "../figures.js";
import { el } from "../nodes.js";

export function insurance(frame) {
  const { day, month } = frame.insurance;
  return [
    strip(frame),
    el("div", { class: "desk" },
      panel(day.title, day.note, figures(day.figures)),
      panel(month.title, month.note, figures(month.figures), stack(month.parts))),
  ];
}
