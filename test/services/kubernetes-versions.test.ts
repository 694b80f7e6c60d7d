import { Testing } from 'cdk8s';
import { External, Replicas, Volume } from '../../lib/definition';
import { findings, IMAGE, orders, sharedClaim, shopOn } from '../support/services';
import { validateBy } from '../support/validate-every-manifest';

afterEach(() => validateBy(() => undefined));

test.each(['1.27', '1.28', '1.29', '1.30', '1.31', '1.33', '1.36'])('%s takes all that is made for it', version => {
  const chart = shopOn(version);
  const service = orders(chart, {
    metricsPort: 9090,
    drain: { ownDelay: true },
    sidecars: [{ name: 'logs', image: IMAGE }],
    initContainers: [{ name: 'migrate', image: IMAGE }],
    volumes: { '/data': sharedClaim(), '/more': Volume.ephemeral({ size: '1Gi' }) },
    replicas: Replicas.autoscaled({ max: 5 }),
  });
  service.connectTo(External.host('db.example.com', 5432));
  expect(findings(chart)).toEqual([]);
  expect(Testing.synth(chart)).toHaveLength(6);
});
