/**
 * Parses every Dockerfile that any test renders, and fails the test that rendered a wrong one.
 *
 * jest loads this before each test file (`setupFilesAfterEnv`). Every recipe renders by the method that is replaced here. What a recipe with
 * a fault renders is written nowhere, so it is not judged.
 */
import { dockerfileErrors } from './dockerfiles';
import { SourceRecipe } from '../../lib/images/recipe/source-recipe';

const found = new Set<string>();
const judged = new Set<string>();
const render = SourceRecipe.prototype.render;

SourceRecipe.prototype.render = function (this: SourceRecipe, context): ReturnType<SourceRecipe['render']> {
  const rendered = render.call(this, context);
  if (rendered && !judged.has(rendered.dockerfile)) {
    judged.add(rendered.dockerfile);
    let faults = 0;
    this.check(context, () => { faults += 1; });
    const errors = faults > 0 ? [] : [
      ...dockerfileErrors(rendered.dockerfile),
      ...rendered.ignoreFile.split('\n').find(line => !/^(#|$)/.test(line)) === '*' ? [] : ['the .dockerignore does not begin by leaving everything out'],
    ];
    if (errors.length > 0) {
      found.add([rendered.dockerfile, ...errors].join('\n    '));
    }
  }
  return rendered;
};

/** The wrong Dockerfiles since the last call, each as a block of text. */
export function takeWrongDockerfiles(): string[] {
  const taken = [...found];
  found.clear();
  return taken;
}

function failOnWrongDockerfiles(): void {
  const wrong = takeWrongDockerfiles();
  if (wrong.length > 0) {
    const error = new Error(`The test rendered Dockerfiles that are wrong:\n\n${wrong.join('\n')}`);
    error.stack = error.message;
    throw error;
  }
}

afterEach(failOnWrongDockerfiles);
afterAll(failOnWrongDockerfiles);
