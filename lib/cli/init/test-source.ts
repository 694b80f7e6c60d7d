import { quote } from './app-source';
import type { ProjectPlan } from './project-plan';

/** The code of the project's first test. */
export function testSource({ services }: ProjectPlan): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from './app';

test('the app is without faults', () => {
  // With one it throws, and says all of them.
  createApp().synthYaml();
});

test('every service is deployed', () => {
  const objects = createApp().charts.flatMap(chart => chart.toJson());
  const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
  assert.deepEqual(deployments.sort(), [${services.map(({ name }) => name).sort().map(quote).join(', ')}]);
});
`;
}
