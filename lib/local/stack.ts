import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import type { LocalApp } from './local-app';
import { defineSwarm, registriesOf } from './swarm';
import type { SwarmApp } from './swarm-app';
import { defineDocker } from './terraform';
import type { TerraformContext } from './terraform-values';

/** The stack as Terraform reads it, in an app of its own. */
export function toTerraform(app: LocalApp | SwarmApp, context: TerraformContext): object {
  const stack = new TerraformStack(new App({ skipValidation: true }), app.name);
  const registries = isSwarm(app) ? registriesOf(app) : [];
  // Who is not named here is asked without a login; whoever pushes needs one.
  new DockerProvider(stack, 'docker', registries.length > 0 ? { registryAuth: registries.map(address => ({ address })) } : {});
  define(stack, app, context);
  return stack.toTerraform();
}

/** Makes the resources of an app; whoever owns the stack brings the provider. */
export function define(stack: TerraformStack, app: LocalApp | SwarmApp, context: TerraformContext): void {
  if (isSwarm(app)) {
    defineSwarm(stack, app, context);
  } else {
    defineDocker(stack, app, context);
  }
}

function isSwarm(app: LocalApp | SwarmApp): app is SwarmApp {
  return 'swarm' in app;
}
