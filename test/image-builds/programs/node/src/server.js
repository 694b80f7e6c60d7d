const { createServer } = require('node:http');
const ms = require('ms');

const server = createServer((request, response) => {
  response.writeHead(['/healthz', '/readyz'].includes(request.url) ? 200 : 404).end(`${ms(process.uptime() * 1000)}\n`);
});
server.listen(8080);
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
