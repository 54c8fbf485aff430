// Logs when the schedule of this process fires, with the time for which it was due.
const schedule = require('node-schedule');

const { scheduleJob } = schedule;
schedule.scheduleJob = (spec, callback) =>
  scheduleJob(spec, (due) => {
    const line = { level: 30, msg: 'the schedule fired', pid: process.pid, due: due.getTime() };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return callback(due);
  });
