/*
 * Subscribers: subscribe PORT PATH DIALECT SOCKETS, where DIALECT is graphql, centrifugo or socket.io.
 * Opens all sockets and subscribes. Then its commands are
 *   probed       how many sockets have received a probe
 *   mark COUNT   starts a measurement of COUNT messages, numbered from 0
 *   wait MS      ends it when all have arrived, or after MS
 * Each socket marks the numbers that it has received, so every missing and every repeated message is counted.
 */
#include "load.h"

#define READ_BYTES (1 << 20)
/* Connection attempts at a time. */
#define OPENING 64
#define OPEN_LIMIT_US 120000000ull

typedef struct {
  int fd, upgraded, asked, live, probed;
  char *partial; /* the beginning of a frame */
  size_t partial_length;
  uint8_t *received;
} Subscriber;

static Subscriber *subscribers;
static int count, port, live, closed, probed, epoll;
static const char *path, *dialect;
static uint32_t expected;
static uint64_t delivered, missing, repeated, reads, last_at;
static Latencies latencies;
static char failure[200], buffer[READ_BYTES];

static int speaks(const char *name) { return strcmp(dialect, name) == 0; }

/* Sends a masked frame. The mask is zero, which is a mask too. */
static void send_frame(Subscriber *subscriber, int opcode, const char *payload, size_t length) {
  unsigned char frame[1024] = {0x80 | opcode, 0x80 | (length < 126 ? length : 126), length >> 8, length};
  size_t header = length < 126 ? 6 : 8;
  if (length < 126) frame[2] = frame[3] = 0;
  memcpy(frame + header, payload, length);
  send_all(subscriber->fd, frame, header + length);
}

static void say(Subscriber *subscriber, const char *text) { send_frame(subscriber, 1, text, strlen(text)); }

static void is_live(Subscriber *subscriber) {
  if (!subscriber->live) live++;
  subscriber->live = 1;
}

static void end(Subscriber *subscriber, const char *why, size_t length) {
  keep_failure(failure, sizeof failure, why, length);
  if (subscriber->live) live--;
  closed++;
  close(subscriber->fd);
  subscriber->fd = -1;
}

/* Messages of the protocol, until the subscription is accepted. */
static void negotiate(Subscriber *subscriber, const char *text) {
  if (speaks("graphql")) {
    if (strstr(text, "\"connection_ack\"") && !subscriber->asked++) {
      char message[512];
      snprintf(message, sizeof message,
               "{\"id\":\"%08zx-0000-4000-8000-000000000000\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription "
               "($room: ID!) { newChat(room: $room) { id author text sentAt cursor } }\",\"variables\":{\"room\":\"main\"}}}",
               subscriber - subscribers);
      say(subscriber, message);
      say(subscriber, "{\"type\":\"ping\"}");
    } else if (strstr(text, "\"pong\"")) is_live(subscriber);
    else if (strstr(text, "\"ping\"")) say(subscriber, "{\"type\":\"pong\"}");
    else if (strstr(text, "\"error\"")) keep_failure(failure, sizeof failure, text, strlen(text));
  } else if (speaks("centrifugo")) {
    if (strcmp(text, "{}") == 0) say(subscriber, "{}");
    else if (strstr(text, "\"id\":1") && !subscriber->asked++) say(subscriber, "{\"id\":2,\"subscribe\":{\"channel\":\"main\"}}");
    else if (strstr(text, "\"id\":2")) is_live(subscriber);
  } else {
    if (strcmp(text, "2") == 0) say(subscriber, "3");
    else if (text[0] == '0') say(subscriber, "40");
    else if (strncmp(text, "40", 2) == 0) say(subscriber, "42[\"subscribe\",{\"room\":\"main\"}]");
    else if (strstr(text, "\"subscribed\"")) is_live(subscriber);
  }
}

static uint64_t digits(const char *text, int length) {
  uint64_t value = 0;
  for (int i = 0; i < length; i++) value = 10 * value + text[i] - '0';
  return value;
}

/* One frame can hold several messages. @returns whether it held any */
static int receive(Subscriber *subscriber, const char *text, size_t length, uint64_t now) {
  const char *end = text + length, *stamp = text;
  int found = 0;
  for (; (stamp = memchr(stamp, '~', end - stamp)) && end - stamp >= STAMP_LENGTH; stamp += STAMP_LENGTH) {
    uint32_t number = digits(stamp + 1, 8);
    found = 1;
    if (number == PROBE) {
      if (!subscriber->probed) probed++;
      subscriber->probed = 1;
    } else if (number < expected) {
      uint8_t *byte = &subscriber->received[number / 8], bit = 1 << number % 8;
      if (*byte & bit) repeated++;
      *byte |= bit;
      delivered++;
      last_at = now;
      record(&latencies, now - digits(stamp + 9, 16));
    }
  }
  return found;
}

static void take_frame(Subscriber *subscriber, int opcode, char *payload, size_t length, uint64_t now) {
  char after = payload[length];
  payload[length] = 0;
  if (opcode == 9) send_frame(subscriber, 10, payload, length);
  else if (opcode == 8) end(subscriber, payload + 2, length > 2 ? length - 2 : 0);
  else if (!receive(subscriber, payload, length, now)) negotiate(subscriber, payload);
  payload[length] = after;
}

/* @returns the length of the response's head, or 0 */
static size_t take_upgrade(Subscriber *subscriber, size_t length) {
  char *head_end = memmem(buffer, length, "\r\n\r\n", 4);
  if (!head_end) return 0;
  if (strncmp(buffer, "HTTP/1.1 101", 12) != 0 || memmem(buffer, head_end - buffer, "permessage-deflate", 18)) {
    end(subscriber, buffer, head_end - buffer);
    return 0;
  }
  subscriber->upgraded = 1;
  if (speaks("graphql")) say(subscriber, "{\"type\":\"connection_init\"}");
  if (speaks("centrifugo")) say(subscriber, "{\"id\":1,\"connect\":{}}");
  return head_end + 4 - buffer;
}

static void take(Subscriber *subscriber) {
  size_t length = subscriber->partial_length, at = 0;
  memcpy(buffer, subscriber->partial, length);
  ssize_t got = recv(subscriber->fd, buffer + length, READ_BYTES - length - 1, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) {
    end(subscriber, "the server closed the socket", 28);
    return;
  }
  uint64_t now = now_us();
  reads++;
  length += got;
  if (!subscriber->upgraded) at = take_upgrade(subscriber, length);
  while (subscriber->upgraded && length - at >= 2) {
    unsigned char *frame = (unsigned char *)buffer + at;
    size_t size = frame[1] & 127, header = size < 126 ? 2 : size == 126 ? 4 : 10;
    if (length - at < header) break;
    if (size == 126) size = frame[2] << 8 | frame[3];
    else if (size == 127) size = (size_t)frame[6] << 24 | frame[7] << 16 | frame[8] << 8 | frame[9];
    if (length - at < header + size) break;
    take_frame(subscriber, frame[0] & 15, buffer + at + header, size, now);
    at += header + size;
    if (subscriber->fd < 0) return;
  }
  subscriber->partial_length = length - at;
  subscriber->partial = realloc(subscriber->partial, length - at + 1);
  memcpy(subscriber->partial, buffer + at, length - at);
}

static void connect_one(Subscriber *subscriber) {
  char request[512];
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                        path, port, speaks("graphql") ? "Sec-WebSocket-Protocol: graphql-transport-ws\r\n" : "");
  subscriber->fd = connect_to(port);
  if (subscriber->fd < 0 || !send_all(subscriber->fd, request, length)) {
    end(subscriber, "no connection", 13);
    return;
  }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = subscriber};
  epoll_ctl(epoll, EPOLL_CTL_ADD, subscriber->fd, &event);
}

static void take_all(int timeout_ms) {
  struct epoll_event events[512];
  int ready = epoll_wait(epoll, events, 512, timeout_ms);
  for (int i = 0; i < ready; i++)
    if (events[i].data.ptr) take(events[i].data.ptr);
}

static void mark(uint32_t messages) {
  expected = messages;
  delivered = repeated = reads = last_at = latencies.count = 0;
  for (int i = 0; i < count; i++) {
    free(subscribers[i].received);
    subscribers[i].received = calloc(messages / 8 + 1, 1);
  }
  printf("{\"cpuSeconds\":%.6f}\n", cpu_seconds());
}

static void wait_for_all(uint64_t milliseconds) {
  uint64_t deadline = now_us() + 1000 * milliseconds, wanted = (uint64_t)expected * count;
  while (delivered < wanted && live > 0 && now_us() < deadline) take_all(20);
  /* Repeated messages would come with or after the last ones. */
  take_all(20);
  missing = wanted - (delivered - repeated);
  printf("{\"delivered\":%lu,\"missing\":%lu,\"repeated\":%lu,\"reads\":%lu,\"lastAtUs\":%lu,\"closed\":%d,\"failure\":\"%s\",",
         delivered - repeated, missing, repeated, reads, last_at, closed, failure);
  print_latencies(&latencies);
  printf("\"cpuSeconds\":%.6f}\n", cpu_seconds());
  expected = 0;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  port = atoi(argv[1]), path = argv[2], dialect = argv[3], count = atoi(argv[4]);
  subscribers = calloc(count, sizeof *subscribers);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  uint64_t start = now_us();
  for (int opened = 0; live + closed < count && now_us() < start + OPEN_LIMIT_US; take_all(100))
    while (opened < count && opened - live - closed < OPENING) connect_one(&subscribers[opened++]);
  printf("{\"live\":%d,\"seconds\":%.3f,\"failure\":\"%s\"}\n", live, (now_us() - start) / 1e6, failure);
  fflush(stdout);
  struct epoll_event of_commands = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, 0, &of_commands);
  for (;; fflush(stdout)) {
    char *command = next_command();
    if (!command) take_all(1000);
    else if (strcmp(command, "probed") == 0) printf("{\"probed\":%d}\n", probed);
    else if (strncmp(command, "mark ", 5) == 0) mark(atoi(command + 5));
    else if (strncmp(command, "wait ", 5) == 0) wait_for_all(atoi(command + 5));
  }
}
