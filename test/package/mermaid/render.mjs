// Renders diagrams with the package that GitHub uses: reads a list of sources as JSON, prints for each the text that is drawn, or the error.
// In a process of its own, since mermaid comes as ES modules and needs a browser's globals.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('', { pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document });
for (const name of ['Element', 'HTMLElement', 'SVGElement', 'DOMParser', 'CSSStyleSheet', 'getComputedStyle']) {
  globalThis[name] ??= window[name];
}
// jsdom lays nothing out; a width for each character is enough for mermaid to place boxes.
const width = element => 8 * (element.textContent?.length ?? 0);
Object.assign(window.SVGElement.prototype, {
  getBBox() { return { x: 0, y: 0, width: width(this), height: 16 }; },
  getComputedTextLength() { return width(this); },
});

const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false, htmlLabels: false });

let input = '';
for await (const chunk of process.stdin) {
  input += chunk;
}
const results = [];
for (const [index, source] of JSON.parse(input).entries()) {
  try {
    const { svg } = await mermaid.render(`diagram${index}`, source);
    // Lines of a label are elements of their own.
    const { documentElement } = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
    documentElement.querySelectorAll('style').forEach(style => style.remove());
    results.push({ text: [...documentElement.querySelectorAll('text, p')].map(({ textContent }) => textContent).join(' ').replace(/\s+/g, ' ') });
  } catch (error) {
    results.push({ error: error.message });
  }
}
process.stdout.write(JSON.stringify(results), () => process.exit());
