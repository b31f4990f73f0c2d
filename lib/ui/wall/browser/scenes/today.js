import { tiles } from "../tiles.js";
import { race } from "../race.js";
import { figures, panel } from "../figures.js";
import { el } from "../nodes.js";

export function today(frame) {
  return [
    tiles(frame),
    el("div", { class: "lower" },
      panel(frame.team.title, frame.team.note, race(frame.team.top)),
      el("div", { class: "right" },
        panel(frame.conversion.title, frame.conversion.note, figures(frame.conversion.figures)),
        panel(frame.insurance.title, frame.insurance.note, figures(frame.insurance.top)))),
  ];
}
