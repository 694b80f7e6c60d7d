import { lastLines, type Outcome } from '../support/real-runs/processes';

/** Parses what a program printed; anything but JSON is a failure that shows what came instead. */
export function parseJson<T>(program: string, { status, stdout, stderr }: Outcome): T {
  try {
    return JSON.parse(stdout) as T;
  } catch {
    const printed = [stderr, stdout].find(text => text.trim() !== '') ?? 'it printed nothing';
    throw new Error(`${program} printed no JSON (exit status ${status})\n${lastLines(printed)}`);
  }
}
