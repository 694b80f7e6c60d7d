import { join } from 'node:path';
import { until } from './processes';

/** The program that synthesises the shop. */
export const SHOP = join(__dirname, '../../../examples/shop/main.ts');

/** What the shop says of an order. */
export interface Order {
  readonly id: number;
  readonly sku: string;
  readonly quantity: number;
  readonly totalCents: number;
  readonly status: string;
}

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A customer of examples/shop, wherever it runs. */
export class Customer {
  /** @param ask asks the gateway for a path, or sends it JSON */
  public constructor(private readonly ask: (path: string, post?: string) => Promise<Answer>) {}

  /** An order goes by the gateway, gRPC and Postgres to the bus, and by the worker to Redis, which counts it. */
  public async buy(sku: string, quantity: number): Promise<Order> {
    const before = await this.sold(sku);
    const { status, body } = await this.order(sku, quantity);
    if (status !== 201) {
      throw new Error(`the order was answered by ${status}: ${body}`);
    }
    const placed: Order = JSON.parse(body);
    if (placed.sku !== sku || placed.quantity !== quantity || placed.totalCents <= 0) {
      throw new Error(`the order became ${body}`);
    }
    await until(`order ${placed.id} is fulfilled`, 90, async () => this.isFulfilled(placed.id));
    await until(`${quantity} more of ${sku} are counted`, 30, async () => await this.sold(sku) === before + quantity);
    return placed;
  }

  /** What comes of an order. */
  public async order(sku: string, quantity: number): Promise<Answer> {
    return this.ask('/api/orders', JSON.stringify({ sku, quantity }));
  }

  public async isFulfilled(id: number): Promise<boolean> {
    return JSON.parse(await this.found(`/api/orders/${id}`)).status === 'fulfilled';
  }

  /** How much of a product was delivered. */
  public async sold(sku: string): Promise<number> {
    const products: { readonly sku: string; readonly sold: number }[] = JSON.parse(await this.found('/api/products'));
    return products.find(product => product.sku === sku)!.sold;
  }

  private async found(path: string): Promise<string> {
    const { status, body } = await this.ask(path);
    if (status !== 200) {
      throw new Error(`${path} was answered by ${status}: ${body}`);
    }
    return body;
  }
}
