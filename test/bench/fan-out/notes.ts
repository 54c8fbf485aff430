/** Headings of the figures, in the order of the columns. */
export const HEADINGS: Readonly<Record<string, string>> = {
  cpuPerDelivery: 'server CPU per delivery, µs',
  netCpuPerDelivery: 'without publishing',
  cpuPerPublish: 'server CPU per message published, nobody subscribed, µs',
  p50: 'p50 ms',
  p99: 'p99 ms',
  perSecond: 'deliveries/s',
  perRead: 'messages per read',
  loadCores: 'load generator, cores',
  serverCores: 'server, cores',
  deliveriesPerCpuSecond: 'deliveries per server CPU-second',
  bytesPerSocket: 'RssAnon per socket, bytes',
  opensPerSecond: 'subscriptions opened/s',
  cpuPerOpen: 'server CPU per subscription opened, µs',
  sockets: 'sockets',
  secondsToAllBack: 'all back after, s',
  storeReads: 'store reads',
  memoryMb: 'memory, + MB at most',
  closedWith1013: 'closed with 1013',
  closedOtherwise: 'closed otherwise',
  opened: 'opened and closed',
  heapGrowthMb: 'heap after collection, + MB',
  memoryGrowthMb: 'RssAnon, + MB',
  groupsLeft: 'groups left',
  socketsLeft: 'sockets left',
  faults: 'missing or repeated',
};

export const NOTES = `- Jungle Buzz is the built server (\`dist/main.js\`, embedded engine, \`RATE_LIMITS=off\`). It authenticates, validates and scores each message and writes it to the disk before it answers and delivers. The other servers do nothing of that; [peers](../peers/README.md) describes them. **floor-c** writes prepared bytes, one write per socket and message, **floor-c-10ms** one write for all messages of 10 ms: no server can cost less that writes as often.
- **steady** makes 20,000 deliveries a second, **steady-fourfold** 80,000. Messages come by real requests to \`sendChat\` (\`/api/publish\` of Centrifugo), in an open loop: each has a due time that does not depend on earlier answers, and latency counts from it until the socket has the message.
- **burst-by-requests** is 200,000 deliveries of real \`sendChat\` requests that are all due at once, over 64 connections. **burst-from-inside** is 50,000 deliveries of messages that one request to an inner port publishes in one turn of the server; no client can do that. In both, p50 and p99 tell how long a burst takes.
- **server CPU per delivery**: user and system time of the server process while the load ran, over the deliveries. What the messages cost before they are delivered is included; for Jungle Buzz that is authentication, the score and the disk. **without publishing**: less what the same messages cost afterwards with nobody subscribed. That is a difference of two measurements. It helps a server whose publishing costs more when messages come singly, and in a burst it can come out at zero or below. Kernel ticks are 10 ms.
- **messages per read**: messages that came with one read of a socket, about as many as left with one write.
- The load generator is written in C (\`test/bench/load\`). Each socket checks every message, so all missing and repeated ones are counted. **load generator, cores** is the processor time of its processes over the duration; they share the processors that the server does not have. The row of floor-c shows that the generator takes more than any other server delivers.
- **idle**: memory after sockets with one subscription have been opened, less that before, over their number.
- **100-rooms-of-50**, **4-selections**, **ramp**, **reconnect**, **stalled** and **churn** come from a generator in Node that parses cursors. In **ramp** the rate for 1,000 sockets is doubled, then halved in twice, until p99 exceeds 50 ms; "deliveries/s" is the last rate that held, and 0 means that not even 5,000 a second held. **reconnect**: all sockets are cut, miss messages and reconnect at once. **stalled**: 100 of 1,000 sockets stop reading while messages of 3 KB come, 20 a second; latencies are those of the other 900. **churn**: 200 sockets a second subscribe and go, half of them without a close frame; growth is measured after a first tenth.
- Figures are medians of the runs, with the least and the greatest.
`;
