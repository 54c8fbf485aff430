// A mistake on purpose: a batch ends at the first document that is there already.
const { mongo } = require('mongoose');

const { insertMany } = mongo.Collection.prototype;
mongo.Collection.prototype.insertMany = function (documents, options) {
  return insertMany.call(this, documents, { ...options, ordered: true });
};
