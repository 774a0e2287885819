// Loaded into every process that is measured (`node --import`): tells, when asked, what it has used so far.
process.on('message', (asked: unknown) => {
  if (asked !== 'used') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
});
// Being asked must not keep anybody alive.
process.channel?.unref();
