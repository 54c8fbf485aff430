package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"sync"
	"time"

	"gqlgenpeer/generated"
)

// Messages that a subscriber may be behind. Then publishing waits for it; nothing is lost.
const subscriberBacklog = 64

type rooms struct {
	mutex       sync.Mutex
	subscribers map[string]map[chan *generated.Chat]context.Context
}

func newRooms() *rooms {
	return &rooms{subscribers: map[string]map[chan *generated.Chat]context.Context{}}
}

func (r *rooms) publish(room string, chat *generated.Chat) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for chats, subscription := range r.subscribers[room] {
		select {
		case chats <- chat:
		case <-subscription.Done():
		}
	}
}

func (r *rooms) subscribe(ctx context.Context, room string) <-chan *generated.Chat {
	chats := make(chan *generated.Chat, subscriberBacklog)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.subscribers[room] == nil {
		r.subscribers[room] = map[chan *generated.Chat]context.Context{}
	}
	r.subscribers[room][chats] = ctx
	context.AfterFunc(ctx, func() {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		delete(r.subscribers[room], chats)
	})
	return chats
}

// The same lengths as the messages of the other servers.
func chatOf(text string) *generated.Chat {
	letters := func(bytes int) string {
		random := make([]byte, bytes)
		rand.Read(random)
		return base64.RawURLEncoding.EncodeToString(random)
	}
	sentAt := time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	return &generated.Chat{ID: letters(16), Author: "조용한 수달", Text: text, SentAt: sentAt, Cursor: letters(24)}
}

type resolvers struct{ rooms *rooms }

func (r resolvers) Query() generated.QueryResolver               { return r }
func (r resolvers) Mutation() generated.MutationResolver         { return r }
func (r resolvers) Subscription() generated.SubscriptionResolver { return r }

func (r resolvers) Ok(context.Context) (*bool, error) {
	ok := true
	return &ok, nil
}

func (r resolvers) SendChat(_ context.Context, input generated.SendChatInput) (*generated.Chat, error) {
	chat := chatOf(input.Text)
	r.rooms.publish(input.Room, chat)
	return chat, nil
}

func (r resolvers) NewChat(ctx context.Context, room string) (<-chan *generated.Chat, error) {
	return r.rooms.subscribe(ctx, room), nil
}
