import { type PlatformAppProps } from 'cdk8s-golden-path';
import { AcmeApp } from './acme/acme-app';
import { Stage } from './acme/stage';
import { Shop } from './shop';

/** Everything that is deployed, in every environment. */
export function createApp(props: PlatformAppProps = {}): AcmeApp {
  const app = new AcmeApp(props);
  for (const [name, stage] of Object.entries(Stage.ALL)) {
    new Shop(new Stage(app, name, stage));
  }
  return app;
}
