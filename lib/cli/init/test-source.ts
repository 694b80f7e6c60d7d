import { quote } from './app-source';
import type { ProjectPlan } from './project-plan';

/** The code of the project's first test. */
export function testSource({ services }: ProjectPlan): string {
  const names = services.map(({ name }) => name).sort();
  return `import { test } from 'node:test';
import { testing } from 'cdk8s-golden-path';
import { createApp } from './app';

const manifests = testing.Manifests.of(createApp());

test('the app is without faults', () => {
  manifests.hasNoDiagnostics();
});

test('everything that an object names is there', () => {
  manifests.allReferencesResolve();
});

test('every service is deployed', () => {
  manifests.countIs('Deployment', ${names.length});
${names.map(name => `  manifests.hasObject('Deployment', ${quote(name)});`).join('\n')}
});
`;
}
