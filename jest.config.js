/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/environment.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    // garu-ko is an ES module; jest loads modules as CommonJS.
    '(?:\\.ts|/garu-ko/.+\\.js)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!garu-ko/)'],
  // Dynamic imports of TypeScript files are written with the extension of the compiled file, as Node requires.
  moduleNameMapper: { '^(\\.{1,2}/(?:adapters/openai/openai-letter-model|clustered-engine))\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  // jest would leave one of two cores to itself, and most suites wait for something.
  maxWorkers: 2,
  testTimeout: 60_000,
  // .ci/run adds up its jest runs.
  reporters: process.env.TEST_TOTALS ? ['default', '<rootDir>/test/support/totals-reporter.js'] : ['default'],
};
