type Attributes = Readonly<Record<string, string | number>>;
type Child = Node | string;

/** An HTML element; `class`, `aria-…` and others as attributes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return furnished(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return furnished(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function furnished<T extends Element>(made: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

export function button(label: string, attributes: Attributes, click: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', click);
  return made;
}

/** Why something cannot be shown. */
export function failure(message: string): HTMLElement {
  return element('p', { class: 'failed', role: 'alert' }, message);
}

/** A table with a header, where there is one; the first cell of a row names it. */
export function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly HTMLElement[])[],
): HTMLTableElement {
  const titles = head.map((title) => element('th', { scope: 'col' }, title));
  return element(
    'table',
    { 'aria-label': label },
    ...(head.length === 0 ? [] : [element('thead', {}, element('tr', {}, ...titles))]),
    element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells))),
  );
}

/** The element of that id, which the page is made with. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no #${id}`);
  return found;
}
