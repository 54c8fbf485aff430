// The centrifuge library with a write delay, which Centrifugo's settings do not offer: what comes for a socket within WRITE_DELAY_MS
// leaves in one frame. PORT is the port. It has Centrifugo's paths for publishing and for subscribers.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/centrifugal/centrifuge"
)

const anyNumber = -1

type chat struct {
	ID     string `json:"id"`
	Author string `json:"author"`
	Text   string `json:"text"`
	SentAt string `json:"sentAt"`
	Cursor string `json:"cursor"`
}

func main() {
	delay, err := time.ParseDuration(os.Getenv("WRITE_DELAY_MS") + "ms")
	if err != nil {
		log.Fatal(err)
	}
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		log.Fatal(err)
	}
	node.OnConnecting(func(context.Context, centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		return centrifuge.ConnectReply{
			Credentials:        &centrifuge.Credentials{},
			WriteDelay:         delay,
			WriteWithTimer:     true,
			MaxMessagesInFrame: anyNumber,
		}, nil
	})
	node.OnConnect(func(client *centrifuge.Client) {
		client.OnSubscribe(func(_ centrifuge.SubscribeEvent, reply centrifuge.SubscribeCallback) {
			reply(centrifuge.SubscribeReply{}, nil)
		})
	})
	if err := node.Run(); err != nil {
		log.Fatal(err)
	}
	http.Handle("/connection/websocket", centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{UseWriteBufferPool: true}))
	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{}")) })
	post("/api/publish", func(request struct {
		Channel string
		Data    json.RawMessage
	}) error {
		_, err := node.Publish(request.Channel, request.Data)
		return err
	})
	post("/publish", func(burst struct {
		Room  string
		Texts []string
	}) error {
		for _, text := range burst.Texts {
			data, err := json.Marshal(chat{
				ID:     "aaaaaaaaaaaaaaaaaaaaaa",
				Author: "조용한 수달",
				Text:   text,
				SentAt: "2026-01-01T00:00:00.000Z",
				Cursor: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			})
			if err == nil {
				_, err = node.Publish(burst.Room, data)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}

func post[Request any](path string, handle func(Request) error) {
	http.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		var request Request
		err := json.NewDecoder(r.Body).Decode(&request)
		if err == nil {
			err = handle(request)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"result":{}}`))
	})
}
