import { Chart } from 'cdk8s';
import { IngressRoute, Resources, RouteTls, ServiceNamespace } from 'cdk8s-golden-path';
import { AcmeService } from './acme/acme-service';
import type { Stage } from './acme/stage';

/** The shop, the same in every environment but for what its stage says. */
export class Shop extends Chart {
  public constructor(stage: Stage) {
    super(stage, 'shop', { namespace: 'shop' });
    new ServiceNamespace(this, 'namespace');
    const common = { stage: stage.props };

    const catalog = new AcmeService(this, 'catalog', { ...common, team: 'assortment' });
    const orders = new AcmeService(this, 'orders', {
      ...common,
      team: 'checkout',
      resources: Resources.of({ cpu: '100m', memory: '128Mi' }),
    });
    orders.connectTo(catalog);

    const web = new AcmeService(this, 'web', { ...common, team: 'storefront' });
    web.connectTo(catalog);
    web.connectTo(orders);

    new IngressRoute(this, 'public', {
      host: `shop.${stage.props.domain}`,
      paths: [{ path: '/', to: web }],
      tls: RouteTls.clusterIssuer('letsencrypt'),
    });
  }
}
