// Logs when the schedule of this process fires, as the number of the 5 s slot.
const { InsightJob } = require('../../../dist/insights/job/analysis-job.js');

const { run } = InsightJob.prototype;
InsightJob.prototype.run = function (...args) {
  const line = { level: 30, msg: 'the schedule fired', pid: process.pid, slot: Math.floor(Date.now() / 5_000) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return run.apply(this, args);
};
