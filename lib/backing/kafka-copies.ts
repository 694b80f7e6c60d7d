/** How many copies there are of each record on so many servers: three, as far as there are servers for them. */
export function copiesOn(servers: number): number {
  return Math.min(servers, 3);
}

/** How many copies have to be there before a record counts as written, so that one server may go. */
export function insyncOn(servers: number): number {
  return Math.min(servers, 2);
}
