import { Resources, Volume } from '../../lib/definition';
import { finding, findings, IMAGE, orders, shop, shopOn } from '../support/services';

const warning = (wanted: string, allowed: string) => finding('warning', 'scratch-above-limit', 'shop/orders resources',
  `The scratch volumes may hold ${wanted} together, and the pod is evicted as soon as it uses more than ${allowed} of disk space.`,
  "Raise it by Resources.of({ ephemeralStorageLimit: '…' }), or lower the 'sizeLimit' of the volumes.");

const killed = (container: string, wanted: string, allowed: string) => finding('warning', 'scratch-above-limit', 'shop/orders resources',
  `The volumes that '${container}' has in memory may hold ${wanted}, and it is killed as soon as they and the program use more than ${allowed}.`,
  "Raise its memory limit, or lower the 'sizeLimit' of the volumes.");

const inMemory = (sizeLimit: string) => ({ '/var/cache': Volume.emptyDir({ sizeLimit, inMemory: true }) });

const cache = (sizeLimit: string) => ({ '/var/cache': Volume.emptyDir({ sizeLimit }) });

test.each<[string, Parameters<typeof orders>[1], string[]]>([
  ['none but that of every container', { sidecars: [{ name: 'logs', image: IMAGE }] }, []],
  ['as much as there is', { volumes: cache('192Mi') }, []],
  ['more than there is, with that at /tmp', { volumes: cache('193Mi') }, [warning('257Mi', '256Mi')]],
  ['much more', { volumes: cache('2Gi') }, [warning('2112Mi', '256Mi')]],
  ['more, where there is more', { volumes: cache('2Gi'), resources: Resources.of({ cpu: '1', memory: '1Gi', ephemeralStorageLimit: '3Gi' }) }, []],
  ['in memory', { volumes: inMemory('127Mi') }, []],
  ['in memory, as much as the limit', { volumes: inMemory('128Mi') }, [killed('orders', '128Mi', '128Mi')]],
  ['in memory that is only read', { volumes: { '/var/cache': Volume.emptyDir({ sizeLimit: '1Gi', inMemory: true }).mounted({ readOnly: true }) } }, []],
  ['in memory without any limit', { volumes: inMemory('1Gi'), resources: Resources.none() }, []],
  ['in the memory of a sidecar', { sidecars: [{ name: 'logs', image: IMAGE, volumes: { ...inMemory('100Mi'), '/tmp': Volume.emptyDir({ inMemory: true }) } }] },
    [killed('logs', '164Mi', '128Mi')]],
  ['on a claim', { volumes: { '/var/cache': Volume.ephemeral({ size: '100Gi' }) } }, []],
  ['without any limit', { volumes: cache('2Gi'), resources: Resources.none() }, []],
  ['that the limits of sidecars make room for', { volumes: cache('300Mi'), sidecars: [{ name: 'logs', image: IMAGE }] }, []],
  ['that those of init containers do not', { volumes: cache('300Mi'), initContainers: [{ name: 'migrate', image: IMAGE }] }, [warning('428Mi', '256Mi')]],
])('%s', (_, props, found) => {
  const chart = shop();
  orders(chart, props);
  expect(findings(chart)).toEqual(found);
});

test('sidecars of older versions are ordinary containers', () => {
  const chart = shopOn('1.28');
  orders(chart, { drain: { ownDelay: true }, volumes: cache('300Mi'), sidecars: [{ name: 'logs', image: IMAGE }] });
  expect(findings(chart)).toEqual([]);
});
