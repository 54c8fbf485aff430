/**
 * @generated SignedSource<<8db031b6197b1200a58bae5e5befa834>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Literal",
        "name": "first",
        "value": 1
      }
    ],
    "concreteType": "RecentChats",
    "kind": "LinkedField",
    "name": "recentChats",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "cursor",
        "storageKey": null
      }
    ],
    "storageKey": "recentChats(first:1)"
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "operationsRecentQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "operationsRecentQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "cacheID": "94c0e0cc04cc718960362b53128dd4ce",
    "id": null,
    "metadata": {},
    "name": "operationsRecentQuery",
    "operationKind": "query",
    "text": "query operationsRecentQuery {\n  recentChats(first: 1) {\n    cursor\n  }\n}\n"
  }
};
})();

node.hash = "036fb9a2d25a3596841fa88030a7d5b9";

export default node;
