// The letters of what the wall may have to say later are fetched now: then there may be no server to fetch them from.

const fetched = { text: "" };

export function fetchLetters(root, words) {
  const text = Object.values(words).join("");
  if (text === fetched.text) return;
  fetched.text = text;
  const { fontFamily } = getComputedStyle(root);
  for (const weight of [400, 700]) document.fonts.load(`${weight} 20px ${fontFamily}`, text).catch(() => { fetched.text = ""; });
}
