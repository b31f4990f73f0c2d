// What each tick carries: it fetches the wall's own files once, by an address that changes with their content.
const address = (file) => new URL(`wall-assets/BUILD/${file}`, document.baseURI).href;
let wall;
let tries = 0;

function load() {
  tries += 1;
  if (tries > 1) return import(address(`wall.js?${tries}`));
  for (const file of ["wall.css", "scenes.css"]) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address(file) }));
  }
  return import(address("wall.js"));
}

export default async function (component) {
  wall ??= load();
  try {
    await wall;
  } catch {
    wall = undefined; // the server went away just then: the next tick tries again
    return undefined;
  }
  return (await wall).show(component);
}
