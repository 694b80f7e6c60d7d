import { Replicas } from '../../lib/definition';
import { findings, orders, shop, yamlOf } from '../support/services';

describe('whole manifests', () => {
  test('with nothing but an image', () => {
    const chart = shop();
    orders(chart);
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });

  test('autoscaled', () => {
    const chart = shop();
    orders(chart, { replicas: Replicas.autoscaled({ min: 2, max: 10, cpuUtilization: 50 }) });
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });

  test('for gRPC', () => {
    const chart = shop();
    orders(chart, { grpcPort: 9000, metricsPort: 9090 });
    expect(findings(chart)).toEqual([]);
    expect(yamlOf(chart)).toMatchSnapshot();
  });
});
