/*
 * The lower bound for every server: one frame prepared per message, written to each socket, without GraphQL and without a store.
 * GATHER_MS=0: one write per socket and message. GATHER_MS=10: one write per socket for all messages of 10 ms. PORT is the port.
 * It knows only what the bench sends: headers in one read, keys of the example in RFC 6455, one room, texts that need no escaping.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define INPUT_BYTES (1 << 20)
#define FRAME_BYTES 8192

typedef struct {
  char *bytes;
  size_t length, capacity;
} Buffer;

typedef struct {
  int fd, upgraded, subscription; /* index in `subscribers`, or -1 */
  Buffer unread, unsent;
} Connection;

static int epoll, timer, gather_ms, timer_is_set;
static Connection **subscribers;
static int subscriber_count, subscriber_capacity;
static Buffer gathered;

static void append(Buffer *to, const char *bytes, size_t length) {
  if (to->length + length > to->capacity) to->bytes = realloc(to->bytes, to->capacity = 2 * (to->length + length));
  memcpy(to->bytes + to->length, bytes, length);
  to->length += length;
}

static void consume(Buffer *from, size_t length) {
  from->length -= length;
  memmove(from->bytes, from->bytes + length, from->length);
  if (from->length > 0) return;
  free(from->bytes);
  *from = (Buffer){0};
}

static void watch(Connection *connection, int operation, int events) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  epoll_ctl(epoll, operation, connection->fd, &event);
}

static void write_unsent(Connection *connection) {
  ssize_t sent = send(connection->fd, connection->unsent.bytes, connection->unsent.length, MSG_NOSIGNAL);
  if (sent > 0) consume(&connection->unsent, sent);
  if (connection->unsent.length == 0) watch(connection, EPOLL_CTL_MOD, EPOLLIN);
}

static void write_to(Connection *connection, const char *bytes, size_t length) {
  if (connection->unsent.length == 0) {
    ssize_t sent = send(connection->fd, bytes, length, MSG_NOSIGNAL);
    if (sent == (ssize_t)length || (sent < 0 && errno != EAGAIN)) return;
    if (sent > 0) bytes += sent, length -= sent;
    watch(connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }
  append(&connection->unsent, bytes, length);
}

static size_t frame_of(char *frame, const char *text, size_t length) {
  size_t header = length < 126 ? 2 : 4;
  frame[0] = (char)0x81;
  frame[1] = length < 126 ? length : 126;
  if (header == 4) frame[2] = length >> 8, frame[3] = length;
  memcpy(frame + header, text, length);
  return header + length;
}

static void write_to_all(const char *bytes, size_t length) {
  for (int i = 0; i < subscriber_count; i++) write_to(subscribers[i], bytes, length);
}

static void publish(const char *text, int length) {
  char message[FRAME_BYTES - 4], frame[FRAME_BYTES];
  int size = snprintf(message, sizeof message,
                      "{\"id\":\"00000000-0000-4000-8000-000000000000\",\"type\":\"next\",\"payload\":{\"data\":{\"newChat\":{"
                      "\"id\":\"aaaaaaaaaaaaaaaaaaaaaa\",\"author\":\"조용한 수달\",\"text\":\"%.*s\","
                      "\"sentAt\":\"2026-01-01T00:00:00.000Z\",\"cursor\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}}}",
                      length, text);
  size_t frame_size = frame_of(frame, message, size);
  if (gather_ms == 0) {
    write_to_all(frame, frame_size);
    return;
  }
  append(&gathered, frame, frame_size);
  if (timer_is_set) return;
  struct itimerspec once = {.it_value.tv_nsec = gather_ms * 1000000L};
  timer_is_set = timerfd_settime(timer, 0, &once, NULL) == 0;
}

static void write_gathered(void) {
  char expirations[8];
  if (read(timer, expirations, sizeof expirations) < 0) return;
  timer_is_set = 0;
  write_to_all(gathered.bytes, gathered.length);
  consume(&gathered, gathered.length);
}

static void respond(Connection *connection, const char *body) {
  char response[512];
  const char *format = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s";
  write_to(connection, response, snprintf(response, sizeof response, format, strlen(body), body));
}

/* Publishes each string between `from` and `to`. */
static void publish_strings(char *from, char *to) {
  for (char *end; (from = memchr(from, '"', to - from)) && (end = memchr(from + 1, '"', to - from - 1)); from = end + 1)
    publish(from + 1, end - from - 1);
}

/* Handles one request, if all of it is there. @returns its length, or 0 */
static size_t take_request(Connection *connection) {
  char *request = connection->unread.bytes, *end_of_all = request + connection->unread.length;
  char *end = memmem(request, connection->unread.length, "\r\n\r\n", 4);
  if (!end) return 0;
  char *body = end + 4;
  *end = 0;
  if (strcasestr(request, "\r\nupgrade: websocket")) {
    const char *response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
    connection->upgraded = 1;
    write_to(connection, response, strlen(response));
    return body - request;
  }
  char *length = strcasestr(request, "\r\ncontent-length:");
  *end = '\r';
  char *end_of_body = body + (length ? atol(length + 17) : 0);
  if (end_of_body > end_of_all) return 0;
  char *list = memmem(body, end_of_body - body, "\"texts\":[", 9), *text = memmem(body, end_of_body - body, "\"text\":\"", 8);
  if (list) publish_strings(list + 9, end_of_body);
  else if (text) publish(text + 8, (char *)memchr(text + 8, '"', end_of_body - text - 8) - text - 8);
  respond(connection, text ? "{\"data\":{\"sendChat\":{\"id\":\"aaaaaaaaaaaaaaaaaaaaaa\",\"sentAt\":\"2026-01-01T00:00:00.000Z\","
                             "\"cursor\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}}"
                           : "{}");
  return end_of_body - request;
}

static void subscribe(Connection *connection) {
  if (subscriber_count == subscriber_capacity)
    subscribers = realloc(subscribers, (subscriber_capacity = 2 * subscriber_capacity + 256) * sizeof *subscribers);
  connection->subscription = subscriber_count;
  subscribers[subscriber_count++] = connection;
}

static void take_message(Connection *connection, const char *text) {
  char frame[64];
  const char *answer = strstr(text, "\"connection_init\"") ? "{\"type\":\"connection_ack\"}" : "{\"type\":\"pong\"}";
  if (strstr(text, "\"subscribe\"")) subscribe(connection);
  else write_to(connection, frame, frame_of(frame, answer, strlen(answer)));
}

/* Handles one frame of a client, if all of it is there. @returns its length, or 0 */
static size_t take_frame(Connection *connection) {
  unsigned char *frame = (unsigned char *)connection->unread.bytes;
  if (connection->unread.length < 8) return 0;
  size_t length = frame[1] & 127, header = length < 126 ? 6 : 8;
  if (length == 126) length = frame[2] << 8 | frame[3];
  if (connection->unread.length < header + length) return 0;
  char text[length + 1];
  for (size_t i = 0; i < length; i++) text[i] = frame[header + i] ^ frame[header - 4 + i % 4];
  text[length] = 0;
  take_message(connection, text);
  return header + length;
}

static void end(Connection *connection) {
  if (connection->subscription >= 0) {
    Connection *last = subscribers[--subscriber_count];
    subscribers[last->subscription = connection->subscription] = last;
  }
  close(connection->fd);
  free(connection->unread.bytes);
  free(connection->unsent.bytes);
  free(connection);
}

static void take(Connection *connection) {
  static char input[INPUT_BYTES];
  ssize_t length = recv(connection->fd, input, sizeof input, 0);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) {
    end(connection);
    return;
  }
  append(&connection->unread, input, length);
  for (size_t used; connection->unread.length > 0; consume(&connection->unread, used))
    if (!(used = connection->upgraded ? take_frame(connection) : take_request(connection))) return;
}

static void accept_all(int listener) {
  int on = 1;
  for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Connection *connection = calloc(1, sizeof *connection);
    *connection = (Connection){.fd = fd, .subscription = -1};
    watch(connection, EPOLL_CTL_ADD, EPOLLIN);
  }
}

int main(void) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv("PORT")))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, SOMAXCONN) < 0) {
    perror("floor");
    return 1;
  }
  gather_ms = getenv("GATHER_MS") ? atoi(getenv("GATHER_MS")) : 0;
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event of_listener = {.events = EPOLLIN, .data.ptr = &listener}, of_timer = {.events = EPOLLIN, .data.ptr = &timer};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &of_listener);
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &of_timer);
  for (struct epoll_event events[512];;) {
    int count = epoll_wait(epoll, events, 512, -1);
    for (int i = 0; i < count; i++) {
      if (events[i].data.ptr == &listener) accept_all(listener);
      else if (events[i].data.ptr == &timer) write_gathered();
      else {
        if (events[i].events & EPOLLOUT) write_unsent(events[i].data.ptr);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(events[i].data.ptr);
      }
    }
  }
}
