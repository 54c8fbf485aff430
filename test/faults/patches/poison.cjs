// Makes messages that begin with "poison" impossible to store: their document contains a circular reference.
const { mongo } = require('mongoose');

const { insertMany } = mongo.Collection.prototype;
mongo.Collection.prototype.insertMany = function (documents, options) {
  const circle = [];
  circle.push(circle);
  return insertMany.call(
    this,
    documents.map((one) => (String(one.text).startsWith('poison') ? { ...one, emotions: circle } : one)),
    options,
  );
};
