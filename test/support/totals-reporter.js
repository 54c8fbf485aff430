const { appendFileSync } = require('node:fs');

/**
 * Adds a line "passed failed suite" to the file named by TEST_TOTALS for each test file. A file that could not run, or that leaks,
 * counts as one failure.
 */
module.exports = class TotalsReporter {
  onTestFileResult({ path }, { numPassingTests, numFailingTests, testExecError }) {
    const failed = numFailingTests + (testExecError ? 1 : 0);
    appendFileSync(process.env.TEST_TOTALS, `${numPassingTests} ${failed} ${process.version}:${path}\n`);
  }
};
