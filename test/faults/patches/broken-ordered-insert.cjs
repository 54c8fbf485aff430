// A deliberate fault: a batch ends at the first document that exists already.
const { mongo } = require('mongoose');

const { insertMany } = mongo.Collection.prototype;
mongo.Collection.prototype.insertMany = function (documents, options) {
  return insertMany.call(this, documents, { ...options, ordered: true });
};
