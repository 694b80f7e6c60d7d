import { installCompose } from './compose';
import { checkControls } from './controls';
import { DockerEngine } from './docker';
import { provideVisitor } from './inside';
import { checkShop } from './shop';
import { checkSwarm } from './swarm';
import { provideBuilder } from '../image-builds/builders';
import { Suite } from '../support/real-runs/suite';

Suite.run('local', async suite => {
  const program = await installCompose(text => suite.note(text));
  const engine = await DockerEngine.start(suite);
  suite.note(`Docker ${engine.version} is ready`);
  await provideVisitor(suite, engine);
  await checkControls(suite, engine, program);
  const builder = await provideBuilder(suite);
  suite.note(builder.description);
  await checkShop(suite, engine, program, builder);
  await checkSwarm(suite, engine);
});
