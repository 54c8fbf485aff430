const { appendFileSync } = require('node:fs');

/** Adds a line "passed failed" to the file named by TEST_TOTALS; a test file that could not run, or that leaks, counts as one failure. */
module.exports = class TotalsReporter {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    appendFileSync(process.env.TEST_TOTALS, `${numPassedTests} ${numFailedTests + numRuntimeErrorTestSuites}\n`);
  }
};
