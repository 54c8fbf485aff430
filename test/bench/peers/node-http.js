/** The lower bound for HTTP in Node: parses the JSON and answers with an object, without GraphQL and subscribers. */
const { serve } = require('./serve.js');

serve(() => undefined);
