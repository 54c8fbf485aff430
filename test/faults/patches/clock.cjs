// Shifts the wall clock of this process by FAULT_CLOCK_MS. Monotonic clocks stay correct.
const off = Number(process.env.FAULT_CLOCK_MS);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + off] : args));
  }
  static now() {
    return RealDate.now() + off;
  }
};
