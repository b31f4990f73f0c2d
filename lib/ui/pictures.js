// Saves a chart as it is drawn on the page, with its name above it: as SVG, or as PNG with the page's own letters.

const EDGE = 20, NAME = 18, ABOUT = 13, LINE = 1.5, LEAST_WIDTH = 1600; // pixels
const INK = "#16202e", QUIET = "#56657a", PAPER = "#ffffff";
const FALLBACKS = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif";
const NAMESPACE = "http://www.w3.org/2000/svg";
const done = new Set();

export default function ({ data, parentElement }) {
  if (done.has(data.turn)) return;
  done.add(data.turn);
  save(data).catch(() => { parentElement.textContent = data.failed; });
}

async function save({ place, name, about, format }) {
  const chart = document.querySelector(`.st-key-${CSS.escape(place)} [data-testid="stVegaLiteChart"] svg`);
  const picture = framed(chart, name, about);
  document.body.append(picture); // letters have a place only in a document
  const file = await (format === "png" ? painted(picture) : written(picture)).finally(() => picture.remove());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function framed(chart, name, about) {
  const wide = Number(chart.getAttribute("width")), family = `${getComputedStyle(document.body).fontFamily}, ${FALLBACKS}`;
  const told = lines(about, wide, family);
  const width = Math.max(wide, told.widest) + 2 * EDGE;
  const head = EDGE + NAME * LINE + told.length * ABOUT * LINE;
  const height = Number(chart.getAttribute("height")) + head + EDGE;
  const picture = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  picture.style.cssText = "position: fixed; left: -100000px; top: 0";
  const inside = chart.cloneNode(true);
  inside.setAttribute("x", EDGE);
  inside.setAttribute("y", head);
  picture.append(
    element("rect", { width, height, fill: PAPER }),
    element("text", { x: EDGE, y: EDGE + NAME * 0.8, fill: INK, "font-size": NAME, "font-weight": "bold" }, name),
    ...told.map((line, place) => element(
      "text", { x: EDGE, y: EDGE + NAME * LINE + ABOUT * (0.8 + place * LINE), fill: QUIET, "font-size": ABOUT }, line,
    )),
    inside,
  );
  for (const text of picture.querySelectorAll("text")) text.setAttribute("font-family", family);
  return picture;
}

// The words in as many lines as the width asks for, broken between their parts; how wide the widest became.
function lines(words, width, family) {
  const pen = document.createElement("canvas").getContext("2d"), found = [];
  pen.font = `${ABOUT}px ${family}`;
  const measured = (line) => Math.ceil(pen.measureText(line).width);
  for (const part of words ? words.split(" · ") : []) {
    const longer = found.length ? `${found.at(-1)} · ${part}` : part;
    if (found.length && measured(longer) <= width) found[found.length - 1] = longer;
    else found.push(part);
  }
  return Object.assign(found, { widest: Math.max(0, ...found.map(measured)) });
}

async function written(picture) {
  const copy = picture.cloneNode(true);
  copy.removeAttribute("style");
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

// An image of its own knows nothing of the page's fonts: shapes are painted from it, letters by the page.
async function painted(picture) {
  const { width, height } = picture.viewBox.baseVal;
  const scale = Math.max(2, LEAST_WIDTH / width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext("2d");
  const shapes = picture.cloneNode(true);
  shapes.querySelectorAll("text").forEach((text) => text.remove());
  const image = new Image();
  image.src = URL.createObjectURL(await written(shapes));
  await image.decode();
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  for (const text of picture.querySelectorAll("text")) write(paper, picture, text, scale);
  return new Promise((keep, refuse) => canvas.toBlob((file) => (file ? keep(file) : refuse(new Error("no picture")))));
}

function write(paper, picture, text, scale) {
  const lines = text.querySelectorAll("tspan");
  for (const line of lines.length ? lines : [text]) {
    if (!line.getNumberOfChars()) continue;
    const look = getComputedStyle(line);
    const start = line.getStartPositionOfChar(0);
    const at = picture.getScreenCTM().inverse().multiply(line.getScreenCTM());
    paper.setTransform(scale * at.a, scale * at.b, scale * at.c, scale * at.d, scale * at.e, scale * at.f);
    paper.font = `${look.fontStyle} ${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    paper.globalAlpha = Number(look.fillOpacity) * Number(look.opacity);
    paper.fillStyle = look.fill;
    paper.fillText(line.textContent, start.x, start.y);
    if (look.stroke === "none") continue;
    paper.strokeStyle = look.stroke;
    paper.lineWidth = parseFloat(look.strokeWidth);
    paper.strokeText(line.textContent, start.x, start.y);
  }
}

function element(kind, attributes, words = "") {
  const made = document.createElementNS(NAMESPACE, kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = words;
  return made;
}
