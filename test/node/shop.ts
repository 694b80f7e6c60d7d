import type { RealCluster } from './cluster';
import { DeployedApp } from './deployed-app';
import type { ImageBuilder } from '../image-builds/builder';
import { demandEqual } from '../image-builds/demands';
import { until } from '../support/real-runs/processes';
import { Customer, type Order, SHOP } from '../support/real-runs/shop';
import type { Suite } from '../support/real-runs/suite';

const QUANTITY = 3;

/** The shop on a real node: the whole way of an order, and what is left of it when the servers that hold data have lost their pods. */
export async function checkShop(suite: Suite, cluster: RealCluster, builder: ImageBuilder): Promise<void> {
  let shop: DeployedApp | undefined;
  await suite.check('shop: its images are built, those of its servers out of Debian packages', async () => {
    const found = await DeployedApp.synthesise(suite, cluster, SHOP);
    const names = await found.provideImages(builder);
    shop = found;
    return names;
  });
  if (!shop || !await suite.check('shop: it is applied as it is, and everything gets ready', async () => shop!.deploy())) {
    return;
  }
  const { namespace, servers } = shop;
  const customer = new Customer(async (path, post) => cluster.visit([
    'get', `--url=http://gateway.${namespace}.svc.cluster.local${path}`, ...post === undefined ? [] : [`--post=${post}`],
  ]));
  let order: Order | undefined;
  await suite.check('shop: an order goes by the gateway, gRPC and Postgres to the bus, and by the worker to Redis', async () => {
    order = await customer.buy('tea', QUANTITY);
    return JSON.stringify(order);
  });
  await suite.check('shop: what cannot be ordered is refused', async () => {
    demandEqual('the status of an order for what is not there', (await customer.order('absent', 1)).status, 404);
    demandEqual('the status of an order for nothing', (await customer.order('tea', 0)).status, 400);
  });
  await suite.check('shop: who has no password, or a wrong one, is let into none of its servers', async () => {
    const ask = async (pod: string, command: string): Promise<string> => (await cluster.kubectl.execute(pod, namespace, ['sh', '-c', `${command} 2>&1 || :`], 30)).trim();
    const password = '"$(cat /etc/secrets/login/password)"';
    for (const pod of ['bus-0', 'cache-0']) {
      demandEqual(`the answer of ${pod} to nobody`, await ask(pod, 'redis-cli ping'), 'NOAUTH Authentication required.');
      demandEqual(`the answer of ${pod} to who knows the password`, await ask(pod, `REDISCLI_AUTH=${password} redis-cli ping`), 'PONG');
    }
    const query = "psql --host=127.0.0.1 --username=shop --dbname=shop --tuples-only --no-align --command='SELECT 1'";
    demandEqual('that a wrong password is refused', /password authentication failed/.test(await ask('db-0', `PGPASSWORD=wrong ${query}`)), true);
    demandEqual('the answer to the password', await ask('db-0', `PGPASSWORD=${password} ${query}`), '1');
  });
  for (const server of order ? servers : []) {
    await suite.check(`shop: ${server} loses its pod, and keeps its data`, async () => {
      const seconds = await shop!.replacePod(server);
      await until('the shop knows the order', 60, async () => customer.isFulfilled(order!.id).catch(() => false));
      await until('the figures are those from before', 60, async () => customer.sold('tea').then(sold => sold === QUANTITY, () => false));
      return `ready again after ${seconds.toFixed(1)} s`;
    });
  }
  await suite.check('shop: orders go on after that', async () => {
    const { id } = await customer.buy('mug', 2);
    demandEqual('that the number of the order is a new one', id > order!.id, true);
  });
}
