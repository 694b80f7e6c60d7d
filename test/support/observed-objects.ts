import { ApiObject } from 'cdk8s';

/** Sees an object and its finished manifest. */
export type Observer = (object: ApiObject, manifest: any) => void;

const render = ApiObject.prototype.toJson;
const observers: Observer[] = [];
/** What the class's own `toJson` starts from while it is asked for the finished manifest. */
let rendered: any;

ApiObject.prototype.toJson = function (this: ApiObject): any {
  if (rendered !== undefined) {
    return rendered;
  }
  const json = render.call(this);
  const manifest = this.toJson === ApiObject.prototype.toJson ? json : finish(this, json);
  observers.forEach(observer => observer(this, manifest));
  return json;
};

/** Lets somebody see whatever `toJson` gives from now on. */
export function observe(observer: Observer): void {
  observers.push(observer);
}

/** Typed objects (those of cdk8s-plus and of `cdk8s import`) rename keys in a `toJson` of their own, after the one of ApiObject. */
function finish(object: ApiObject, json: any): any {
  rendered = json;
  try {
    return object.toJson();
  } finally {
    rendered = undefined;
  }
}
