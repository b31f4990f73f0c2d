// Which scene stands now. A scene that falls away (switched off, nothing to show) hands over to the next.

const turn = { name: null, page: 0, since: 0 };

// `scenes` is [{name, seconds, pages}]; a scene of several pages shows each of them for its seconds.
export function rotate(scenes, now) {
  const index = scenes.findIndex((scene) => scene.name === turn.name);
  if (index < 0) return begin(scenes[0].name, 0, now);
  const { seconds, pages } = scenes[index];
  if (now - turn.since < seconds * 1000) return turn;
  if (turn.page + 1 < pages) return begin(turn.name, turn.page + 1, now);
  return begin(scenes[(index + 1) % scenes.length].name, 0, now);
}

function begin(name, page, now) {
  return Object.assign(turn, { name, page, since: now });
}
