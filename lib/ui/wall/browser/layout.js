// The frame around every scene: whose wall, which scene, the good news, the time; below, how old the data is.
import { el } from "./nodes.js";
import { ageOf } from "./clock.js";
import { today } from "./scenes/today.js";
import { team } from "./scenes/team.js";
import { insurance } from "./scenes/insurance.js";
import { channels } from "./scenes/channels.js";

const SCENES = { today, team, insurance, channels };
const DRIFT = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]]; // against burn-in
const DRIFT_EVERY = 60_000;

export function layout(state, moment) {
  if (state.payload.state === "closed") return [notice(state.payload.words.closed)];
  const age = ageOf(state, moment.now);
  if (!state.frame) return [notice(age.text)];
  const [x, y] = DRIFT[Math.floor(moment.now / DRIFT_EVERY) % DRIFT.length];
  const attributes = { class: "page", "data-tone": age.tone, style: { "--x": x, "--y": y } };
  return [el("div", attributes, header(state.frame, moment), scene(state.frame, moment),
    footer(state.frame, moment, age, state.payload.back))];
}

function notice(text) {
  return el("p", { class: "notice" }, text);
}

function header(frame, { scene, time, banner }) {
  const title = frame.scenes.find((each) => each.name === scene.name).title;
  return el("header", {},
    el("div", { class: "whose" }, el("h1", {}, frame.title), el("p", {}, title)),
    banner ? el("div", { class: "banner", key: banner.id, role: "status" }, el("b", {}, frame.words.news), el("span", {}, banner.text)) : null,
    el("div", { class: "when" },
      frame.closed ? el("em", {}, frame.closed) : null,
      el("p", {}, frame.date), el("time", {}, time)));
}

function scene(frame, { scene: { name, page } }) {
  return el("article", { class: name, key: `${name} ${page}` }, SCENES[name](frame, page));
}

function footer(frame, { scene }, age, back) {
  return el("footer", {},
    el("p", { class: "age", role: "status" }, el("i", {}), el("span", {}, age.text)),
    frame.scenes.length > 1 ? el("p", { class: "turns" }, frame.scenes.map((each) =>
      el("span", each.name === scene.name ? { "data-now": "" } : {}, each.short))) : null,
    back ? el("a", { href: "board", target: "_self", class: "note" }, back) : el("p", { class: "note" }, frame.note));
}
