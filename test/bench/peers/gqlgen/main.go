// gqlgen with its WebSocket transport and its cache of parsed queries. PORT is the port.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"

	"gqlgenpeer/generated"
)

const cachedQueries = 1000

func main() {
	rooms := newRooms()
	server := handler.New(generated.NewExecutableSchema(generated.Config{Resolvers: resolvers{rooms}}))
	server.AddTransport(transport.Websocket{})
	server.AddTransport(transport.POST{})
	server.SetQueryCache(lru.New[*ast.QueryDocument](cachedQueries))
	http.Handle("/graphql", server)
	http.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{}")) })
	http.HandleFunc("/publish", func(w http.ResponseWriter, r *http.Request) {
		var burst struct {
			Room  string
			Texts []string
		}
		if err := json.NewDecoder(r.Body).Decode(&burst); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		for _, text := range burst.Texts {
			rooms.publish(burst.Room, chatOf(text))
		}
		w.Write([]byte("{}"))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
