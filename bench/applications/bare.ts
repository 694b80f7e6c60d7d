import { ApiObject, Chart } from 'cdk8s';
import { PlatformApp } from 'cdk8s-golden-path';
import { objects } from 'objects';
import { count, names, outdir } from './arguments';

const app = new PlatformApp({ outdir });
for (const name of names(count)) {
  const chart = new Chart(app, name, { namespace: 'shop' });
  objects(name).forEach(object => new ApiObject(chart, object.kind, object));
}
app.synth();
