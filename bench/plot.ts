import type { Contestant } from './contestants';
import { minimum } from './measure';
import type { Results } from './report';

const WIDTH = 860;
const HEIGHT = 460;
const MARGIN = { left: 70, right: 250, top: 30, bottom: 50 };
const COLOURS = ['#0b6e4f', '#5aa17f', '#444444', '#999999', '#b3261e', '#e07a5f', '#1f4e9e', '#8e44ad', '#b8860b', '#2c9c9c'];

/** CPU over the number of services, both in powers of ten. */
export function plot(results: Results, contestants: readonly Contestant[], sizes: readonly number[]): string {
  const all = contestants.flatMap(({ name }) => [...results.get(name) ?? []].flatMap(([, runs]) => runs.map(run => run.cpu)));
  const [low, high] = [Math.floor(Math.log10(minimum(all))), Math.ceil(Math.log10(Math.max(...all)))];
  const x = (count: number) => MARGIN.left + (WIDTH - MARGIN.left - MARGIN.right) * Math.log10(count) / Math.log10(sizes[sizes.length - 1]);
  const y = (cpu: number) => HEIGHT - MARGIN.bottom - (HEIGHT - MARGIN.top - MARGIN.bottom) * (Math.log10(cpu) - low) / (high - low);
  const decades = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<text x="${MARGIN.left}" y="18" font-size="14">CPU of the whole process in milliseconds, minimum of the runs</text>`,
    ...decades.flatMap(cpu => [
      `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${round(y(cpu))}" y2="${round(y(cpu))}" stroke="#dddddd"/>`,
      `<text x="${MARGIN.left - 8}" y="${round(y(cpu) + 4)}" text-anchor="end">${cpu}</text>`,
    ]),
    ...sizes.flatMap(count => [
      `<line x1="${round(x(count))}" x2="${round(x(count))}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}" stroke="#eeeeee"/>`,
      `<text x="${round(x(count))}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${count}</text>`,
    ]),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">services</text>`,
    ...contestants.flatMap(({ name }, index) => {
      const points = [...results.get(name) ?? []].map(([count, runs]) => [x(count), y(minimum(runs.map(run => run.cpu)))].map(round));
      const colour = COLOURS[index % COLOURS.length];
      const legend = MARGIN.top + 12 + index * 22;
      return [
        `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map(point => point.join(',')).join(' ')}"/>`,
        ...points.map(([px, py]) => `<circle cx="${px}" cy="${py}" r="3" fill="${colour}"/>`),
        `<line x1="${WIDTH - MARGIN.right + 20}" x2="${WIDTH - MARGIN.right + 44}" y1="${legend - 4}" y2="${legend - 4}" stroke="${colour}" stroke-width="3"/>`,
        `<text x="${WIDTH - MARGIN.right + 52}" y="${legend}">${name}</text>`,
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
