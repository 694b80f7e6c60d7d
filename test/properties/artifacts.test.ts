import * as fc from 'fast-check';
import { build, legalApp } from './app-spec';
import { check, describeLegalApps, type Json, manifestsOf, ofKind } from './legal-apps';
import { Artifacts } from '../../lib';

describeLegalApps(() => {
  test('applies what waits for a task in a later wave than the task', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      const tasks = spec.helpers.filter(({ kind, before }) => kind === 'task' && before.length > 0);
      const wave = ({ metadata }: Json) => metadata.labels['cdk8s-golden-path/wave'];
      const waiting = manifestsOf(app).filter(manifest => wave(manifest) !== undefined);
      const held = [...new Set(tasks.flatMap(({ before }) => before))].map(index => spec.services[index].name);
      expect(waiting.map(({ metadata }) => metadata.name).sort()).toEqual(held.sort());
      expect(waiting.every(manifest => wave(manifest) === '1' && manifest.metadata.annotations['argocd.argoproj.io/sync-wave'] === '1')).toBe(true);
      const script = Artifacts.of(app).render('rollout.sh');
      expect((script?.match(/^wait_for '.*$/gm) ?? []).map(line => line.split("'")[1]).sort()).toEqual(tasks.map(({ name }) => `${name}-1-0-0`).sort());
    }));
  });

  test('agrees with the images that it builds on ports and users', () => {
    check(fc.property(legalApp, spec => {
      const app = build(spec);
      const all = manifestsOf(app);
      for (const { name, namespace } of spec.services.filter(({ built }) => built)) {
        const pod = ofKind(all, 'Deployment', 'StatefulSet').find(({ metadata }) => metadata.name === name && metadata.namespace === namespace).spec.template.spec;
        const [main] = pod.containers;
        const dockerfile = Artifacts.of(app).render(`images/${name}/Dockerfile`);
        const final = dockerfile!.slice(dockerfile!.indexOf(' AS final'));
        expect(main.image).toBe(`registry.example.com/acme/${name}:1.0.0`);
        const exposed = /^EXPOSE (.+)$/m.exec(final)![1].split(' ').map(Number);
        expect(exposed).toEqual(main.ports.map((port: Json) => port.containerPort).sort((a: number, b: number) => a - b));
        const [, user, group] = /^USER (\d+):(\d+)$/m.exec(final)!;
        const { runAsUser, runAsGroup } = pod.securityContext;
        expect([runAsUser, runAsGroup]).toEqual(spec.openshift ? [undefined, undefined] : [Number(user), Number(group)]);
        expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(0);
        expect(final).toContain('STOPSIGNAL SIGTERM');
      }
    }));
  });
});
