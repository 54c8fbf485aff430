//! async-graphql on axum, with a broadcast channel of tokio per server. PORT is the port.
use std::{env, iter, sync::Arc};

use async_graphql::{Context, Error, InputObject, Object, Result, Schema, SimpleObject, Subscription, ID};
use async_graphql_axum::{GraphQL, GraphQLSubscription};
use axum::{
    extract::State,
    routing::{get, get_service, post},
    serve::ListenerExt,
    Json, Router,
};
use tokio::{net::TcpListener, sync::broadcast};
use tokio_stream::{wrappers::BroadcastStream, Stream, StreamExt};

/// A receiver that is further behind loses messages. Larger than every burst of the bench.
const BROADCAST_CAPACITY: usize = 16_384;

type Chats = broadcast::Sender<Arc<Chat>>;

#[derive(SimpleObject)]
struct Chat {
    id: ID,
    author: &'static str,
    text: String,
    sent_at: String,
    cursor: String,
    #[graphql(skip)]
    room: String,
}

/// The same lengths as the messages of the other servers.
fn chat_of(room: String, text: String) -> Arc<Chat> {
    let letters = |count| iter::repeat_with(fastrand::alphanumeric).take(count).collect::<String>();
    Arc::new(Chat {
        id: ID(letters(22)),
        author: "조용한 수달",
        text,
        sent_at: chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        cursor: letters(32),
        room,
    })
}

/// Fails only if nobody is subscribed.
fn publish(chats: &Chats, chat: &Arc<Chat>) {
    let _ = chats.send(chat.clone());
}

#[derive(InputObject)]
struct SendChatInput {
    #[allow(dead_code)]
    client_message_id: ID,
    room: ID,
    text: String,
}

struct Query;
#[Object]
impl Query {
    async fn ok(&self) -> bool {
        true
    }
}

struct Mutation;
#[Object]
impl Mutation {
    async fn send_chat(&self, context: &Context<'_>, input: SendChatInput) -> Result<Arc<Chat>> {
        let chat = chat_of(input.room.0, input.text);
        publish(context.data::<Chats>()?, &chat);
        Ok(chat)
    }
}

struct Subscriptions;
#[Subscription]
impl Subscriptions {
    async fn new_chat(&self, context: &Context<'_>, room: ID) -> Result<impl Stream<Item = Result<Arc<Chat>>>> {
        let received = BroadcastStream::new(context.data::<Chats>()?.subscribe());
        Ok(received.filter_map(move |item| match item {
            Ok(chat) => (chat.room == room.0).then_some(Ok(chat)),
            Err(lost) => Some(Err(Error::new(lost.to_string()))),
        }))
    }
}

#[derive(serde::Deserialize)]
struct Burst {
    room: String,
    texts: Vec<String>,
}

async fn publish_all(State(chats): State<Chats>, Json(burst): Json<Burst>) -> &'static str {
    for text in burst.texts {
        publish(&chats, &chat_of(burst.room.clone(), text));
    }
    "{}"
}

#[tokio::main]
async fn main() {
    let (chats, _) = broadcast::channel(BROADCAST_CAPACITY);
    let schema = Schema::build(Query, Mutation, Subscriptions).data::<Chats>(chats.clone()).finish();
    let graphql = get_service(GraphQLSubscription::new(schema.clone())).post_service(GraphQL::new(schema));
    let app = Router::new()
        .route("/graphql", graphql)
        .route("/publish", post(publish_all))
        .route("/readyz", get(|| async { "{}" }))
        .with_state(chats);
    let address = format!("127.0.0.1:{}", env::var("PORT").expect("PORT"));
    let listener = TcpListener::bind(address).await.expect("a free port").tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    axum::serve(listener, app).await.expect("a server");
}
