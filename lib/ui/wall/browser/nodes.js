// A node is described by what it shall be; `patch` makes the page so and touches only what differs.
// Texts become text nodes and attributes, never markup: names come from people.

export function el(tag, attributes, ...children) {
  return { tag, attributes: attributes || {}, children: children.flat().filter((child) => child !== null && child !== undefined) };
}

export function patch(parent, wanted) {
  const keyed = new Map();
  for (const node of parent.childNodes) if (node.wallKey !== undefined) keyed.set(node.wallKey, node);
  wanted.forEach((item, index) => {
    const node = matching(parent.childNodes[index], keyed, item) || created(item);
    if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] || null);
    fill(node, item);
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild.remove();
}

function matching(present, keyed, item) {
  if (typeof item !== "object") return present && present.nodeType === Node.TEXT_NODE ? present : null;
  if (item.attributes.key !== undefined) return keyed.get(item.attributes.key);
  return present && present.wallKey === undefined && present.localName === item.tag ? present : null;
}

function created(item) {
  if (typeof item !== "object") return document.createTextNode("");
  const node = document.createElement(item.tag);
  node.wallKey = item.attributes.key;
  return node;
}

function fill(node, item) {
  if (typeof item !== "object") {
    if (node.nodeValue !== String(item)) node.nodeValue = item;
    return;
  }
  const { key: _, style, pulse, ...attributes } = item.attributes;
  for (const { name } of [...node.attributes]) if (!(name in attributes) && name !== "style") node.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  for (const [name, value] of Object.entries(style || {})) if (node.style.getPropertyValue(name) !== String(value)) node.style.setProperty(name, value);
  patch(node, item.children);
  if (pulse !== undefined) pulseOnChange(node, pulse);
}

// A changed value lights its glow up once. Nothing to light when the node has just been made.
function pulseOnChange(glow, value) {
  if (glow.wallPulse !== undefined && glow.wallPulse !== value) {
    glow.getAnimations().forEach((running) => running.cancel());
    glow.animate([{ opacity: 1 }, { opacity: 1, offset: 0.4 }, { opacity: 0 }], { duration: 2500, easing: "ease-out" });
  }
  glow.wallPulse = value;
}
