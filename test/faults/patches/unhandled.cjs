// Raises an error that no code handles, of the kind named by UNHANDLED, when the process receives SIGUSR2.
const raise = {
  rejection: () => void Promise.reject(new Error('a rejection that no code handles')),
  'late rejection': () => {
    const failed = Promise.reject(new Error('a rejection that is handled too late'));
    setTimeout(() => failed.catch(() => undefined), 50);
  },
  'rejected value': () => void Promise.reject('a value that is no error'),
  exception: () => {
    throw new Error('an exception that no code handles');
  },
  'emitted error': () =>
    new (require('node:events').EventEmitter)().emit('error', new Error('an error event without a listener')),
  several: () => {
    for (let i = 0; i < 3; i++) void Promise.reject(new Error(`rejection ${i}`));
    throw new Error('an exception besides');
  },
};
process.on('SIGUSR2', () => setImmediate(raise[process.env.UNHANDLED]));
