import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetsOf, ETCD, KUBERNETES } from './installer';
import { NEWEST, RELEASES } from '../../tools/kubernetes/openapi';
import { pinnedVersion } from '../support/real-runs/go-programs';

test('the API server is of the newest supported version, and its staging modules are of the same release', () => {
  const version = pinnedVersion(KUBERNETES);
  expect(version).toBe(`v${RELEASES[NEWEST]}`);
  const replaced = readFileSync(join(__dirname, 'modules/kubernetes/go.mod'), 'utf8').match(/=> k8s\.io\/.*$/gm)!;
  expect(replaced.length).toBeGreaterThan(30);
  expect(replaced.filter(line => !line.endsWith(version.replace(/^v1/, ' v0')))).toEqual([]);
});

test('etcd is pinned', () => {
  expect(pinnedVersion(ETCD)).toMatch(/^v3\.\d+\.\d+$/);
});

test('KUBEBUILDER_ASSETS without the programs is a failure and no skip', () => {
  expect(() => assetsOf('/nowhere')).toThrow('KUBEBUILDER_ASSETS lacks /nowhere/etcd, /nowhere/kube-apiserver, /nowhere/kubectl');
});
