import * as fc from 'fast-check';
import { build, legalApp, NATURAL_ORDER } from './app-spec';
import { check, describeLegalApps, manifestsOf } from './legal-apps';
import { Artifacts, Diagnostics } from '../../lib';
import { validateManifest } from '../support/schemas';

describeLegalApps(() => {
  test('synthesises without an error, to manifests that the API accepts at both ends of the range', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      expect(Diagnostics.of(app).errors()).toEqual([]);
      for (const manifest of manifestsOf(app)) {
        expect({ manifest: `${manifest.kind} ${manifest.metadata.name}`, faults: validateManifest(manifest, spec.minor === 27 ? '1.27' : '1.36') })
          .toEqual({ manifest: `${manifest.kind} ${manifest.metadata.name}`, faults: [] });
      }
    }));
  });

  test('gives the same bytes again, in any order of calls and properties', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      const once = app.synthYaml();
      expect(app.synthYaml()).toBe(once);
      expect(build(spec, { platformLast: false, reverseConnections: true, shuffleProperties: true }).synthYaml()).toBe(once);
      const artifacts = (each: ReturnType<typeof build>) => Artifacts.of(each).list().map(artifact => [artifact.path, artifact.render()]);
      expect(artifacts(build(spec, { ...NATURAL_ORDER, reverseConnections: true }))).toEqual(artifacts(app));
    }));
  });
});
