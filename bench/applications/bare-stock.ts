import { ApiObject, App, Chart } from 'cdk8s';
import { objects } from 'objects';
import { count, names, outdir } from './arguments';

const app = new App({ outdir });
for (const name of names(count)) {
  const chart = new Chart(app, name, { namespace: 'shop' });
  objects(name).forEach(object => new ApiObject(chart, object.kind, object));
}
app.synth();
