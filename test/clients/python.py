import asyncio
import os
import time
import uuid

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport

HTTP = os.environ.get("HTTP_URL", "http://localhost:4000/graphql")
WS = os.environ.get("WS_URL", "ws://localhost:4001/graphql")


async def ask(query, variables=None, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with Client(transport=AIOHTTPTransport(url=HTTP, headers=headers)) as session:
        request = gql(query)
        request.variable_values = variables or {}
        return await session.execute(request)


async def main():
    # 1. Make an account. The answer holds an access token.
    username = f"python_{time.time_ns() // 1000 % 10**9}"
    joined = await ask(
        "mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }",
        {"input": {"username": username, "password": "quiet-otter-7"}},
    )
    token = joined["register"]["accessToken"]

    # 2. Send. The same clientMessageId again returns the first message.
    sent = await ask(
        "mutation ($input: SendChatInput!) { sendChat(input: $input) { text } }",
        {"input": {"clientMessageId": str(uuid.uuid4()), "text": "hello from Python"}},
        token,
    )
    print("sent", sent["sendChat"]["text"], flush=True)

    # 3. Page through the whole history, newest first.
    messages, after, more = 0, None, True
    while more:
        page = await ask(
            """query ($after: ChatCursor) {
              chats(first: 20, after: $after) { edges { node { text } } pageInfo { hasNextPage endCursor } }
            }""",
            {"after": after},
        )
        messages += len(page["chats"]["edges"])
        after = page["chats"]["pageInfo"]["endCursor"]
        more = page["chats"]["pageInfo"]["hasNextPage"]

    # 4. Listen from a place, and after an interruption from the last message: nothing is missed, nothing comes twice.
    cursor = (await ask("{ recentChats(first: 1) { cursor } }"))["recentChats"]["cursor"]
    print("paged", messages, flush=True)
    while True:
        try:
            async with Client(transport=WebsocketsTransport(url=WS)) as session:
                request = gql("subscription ($after: ChatCursor) { newChat(after: $after) { text cursor } }")
                request.variable_values = {"after": cursor}
                async for event in session.subscribe(request):
                    cursor = event["newChat"]["cursor"]
                    print("message", event["newChat"]["text"], flush=True)
        except Exception:
            await asyncio.sleep(0.5)


asyncio.run(main())
