/**
 * @generated SignedSource<<f46dfe7388cb81ca4452f07e17ecbb87>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "after"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "after",
        "variableName": "after"
      }
    ],
    "concreteType": "Chat",
    "kind": "LinkedField",
    "name": "newChat",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "id",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "text",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "cursor",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "operationsNewChatSubscription",
    "selections": (v1/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "operationsNewChatSubscription",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "8d9277d53116d7efb031de36492af6da",
    "id": null,
    "metadata": {},
    "name": "operationsNewChatSubscription",
    "operationKind": "subscription",
    "text": "subscription operationsNewChatSubscription(\n  $after: ChatCursor\n) {\n  newChat(after: $after) {\n    id\n    text\n    cursor\n  }\n}\n"
  }
};
})();

node.hash = "0eba2a37451a5a81cf8e518e8e9092d9";

export default node;
