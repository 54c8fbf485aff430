/** Example operations, each in a tab of its own. The README shows the same. */
export const EXAMPLES = [
  `# 1. Make an account. Put the token into the headers below as {"Authorization": "Bearer <accessToken>"}.
mutation Register {
  register(input: { username: "mina", password: "quiet-otter-7" }) {
    accessToken
    user { id username }
  }
}
`,
  `# 2. Send a message. The same clientMessageId again returns the first message.
mutation Send {
  sendChat(input: { clientMessageId: "1", text: "Good morning, jungle" }) { id author text sentAt cursor dominantEmotion }
}
`,
  `# 3. Listen: every message of the room, each exactly once.
subscription Listen {
  newChat { author text sentAt cursor dominantEmotion }
}
`,
  `# 4. Load and listen without a gap: hand the cursor to newChat(after:).
query Recent {
  recentChats(first: 20) { items { author text } cursor }
}
`,
] as const;
