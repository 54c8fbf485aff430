/*
 * A publisher: publish PORT PATH CONNECTIONS BODY HEADERS TOKENS. The last three are files: the body of a request, in which @ID@, @STAMP@
 * and @TEXT@ are replaced; lines of headers; one bearer token a line (may be empty). Its command is
 *   send COUNT RATE SECONDS FIRST   sends COUNT requests (0: no limit), RATE a second (0: all are due at the start), for at most SECONDS;
 *                                   FIRST is the number of the first message, or "probe" for messages that are not counted
 * The loop is open: a request is due at its time whether or not earlier ones are answered, and its latency counts from then. If all
 * connections wait for answers, it is sent late.
 */
#include "load.h"

#define REQUEST_BYTES 65536
#define ANSWER_LIMIT_US 20000000ull

typedef struct {
  int fd, busy;
  uint64_t due;
  char answer[REQUEST_BYTES];
  size_t length;
} Connection;

static Connection *connections, **idle;
static int count, idle_count, port, epoll, timer;
static char *body, *headers, *tokens[4096], run[16], failure[300];
static const char *path;
static int token_count;
static uint64_t requests, answered, failed;
static Latencies latencies;
static const char *TEXTS[] = {"오늘 하루도 정말 행복했어요", "what a lovely morning on the wall", "조금 지치지만 괜찮아",
                              "cannot wait for the weekend"};

static char *read_file(const char *name) {
  FILE *file = fopen(name, "r");
  char *text = calloc(1, 1 << 20);
  if (!file || (!fread(text, 1, (1 << 20) - 1, file) && ferror(file))) exit(2);
  fclose(file);
  return text;
}

static void fail(const char *why, size_t length) {
  failed++;
  keep_failure(failure, sizeof failure, why, length);
}

static void open_connection(Connection *connection) {
  connection->fd = connect_to(port);
  connection->length = connection->busy = 0;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  if (connection->fd >= 0) epoll_ctl(epoll, EPOLL_CTL_ADD, connection->fd, &event);
}

static size_t body_of(char *text, uint32_t number, uint64_t due) {
  char *at = text;
  for (const char *from = body; *from;) {
    if (strncmp(from, "@ID@", 4) == 0) from += 4, at += sprintf(at, "%s-%lu", run, requests);
    else if (strncmp(from, "@STAMP@", 7) == 0) from += 7, at += sprintf(at, "~%08u%016lu", number, due);
    else if (strncmp(from, "@TEXT@", 6) == 0) from += 6, at += sprintf(at, "%s", TEXTS[requests % 4]);
    else *at++ = *from++;
  }
  return at - text;
}

static void send_request(Connection *connection, uint32_t number, uint64_t due) {
  static char text[REQUEST_BYTES], request[2 * REQUEST_BYTES];
  size_t size = body_of(text, number, due);
  int length = sprintf(request,
                       "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                       "Content-Length: %zu\r\n%s",
                       path, port, size, headers);
  if (token_count > 0) length += sprintf(request + length, "Authorization: Bearer %s\r\n", tokens[requests % token_count]);
  length += sprintf(request + length, "\r\n");
  memcpy(request + length, text, size);
  requests++;
  connection->due = due;
  connection->busy = 1;
  if (connection->fd < 0 || !send_all(connection->fd, request, length + size)) {
    fail("no connection", 13);
    connection->busy = 0;
  }
}

/* @returns whether the whole response has arrived */
static int is_complete(Connection *connection) {
  char *text = connection->answer;
  text[connection->length] = 0;
  char *end = strstr(text, "\r\n\r\n"), *length = strcasestr(text, "\r\ncontent-length:");
  if (!end) return 0;
  if (length && length < end) return text + connection->length >= end + 4 + atol(length + 17);
  return connection->length >= 5 && strcmp(text + connection->length - 5, "0\r\n\r\n") == 0;
}

/* @returns whether the connection has become idle */
static int take(Connection *connection) {
  ssize_t got = recv(connection->fd, connection->answer + connection->length, REQUEST_BYTES - 1 - connection->length, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return 0;
  int was_busy = connection->busy;
  if (got <= 0) {
    if (was_busy) fail("the server closed the connection", 32);
    close(connection->fd);
    open_connection(connection);
    return was_busy;
  }
  connection->length += got;
  if (!is_complete(connection)) return 0;
  if (strncmp(connection->answer + 9, "200", 3) == 0 && !strstr(connection->answer, "\"errors\"") && !strstr(connection->answer, "\"error\":")) {
    answered++;
    record(&latencies, now_us() - connection->due);
  } else fail(connection->answer, connection->length);
  connection->length = connection->busy = 0;
  return was_busy;
}

/* Wakes the loop at a time, exactly. */
static void set_timer(uint64_t at) {
  struct itimerspec once = {.it_value = {at / 1000000, at % 1000000 * 1000}};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &once, NULL);
}

static void send_requests(uint64_t total, double rate, double seconds, const char *first) {
  uint64_t start = now_us() + 1000, end = start + seconds * 1e6, sent = 0;
  double cpu_before = cpu_seconds();
  int is_probe = strcmp(first, "probe") == 0;
  answered = failed = latencies.count = idle_count = failure[0] = 0;
  /* A ring: the connection that was idle longest is used next. Servers close what was idle for some seconds; that is opened again. */
  for (int i = 0; i < count; i++) {
    take(&connections[i]);
    idle[idle_count++] = &connections[i];
  }
  int head = 0;
  for (struct epoll_event events[256];;) {
    uint64_t now = now_us(), due = start;
    for (; idle_count > 0 && (total == 0 || sent < total) && now < end; sent++) {
      due = rate > 0 ? start + sent * 1e6 / rate : start;
      if (due > now) break;
      Connection *connection = idle[head];
      head = (head + 1) % count, idle_count--;
      send_request(connection, is_probe ? PROBE : atoi(first) + sent, due);
      if (!connection->busy) idle[(head + idle_count++) % count] = connection;
    }
    int is_done = (total > 0 && sent == total) || now >= end;
    if ((is_done && idle_count == count) || now > end + ANSWER_LIMIT_US) break;
    if (due > now) set_timer(due);
    int ready = epoll_wait(epoll, events, 256, 100);
    for (int i = 0; i < ready; i++) {
      uint64_t expirations;
      if (!events[i].data.ptr) while (read(timer, &expirations, sizeof expirations) > 0);
      else if (take(events[i].data.ptr)) idle[(head + idle_count++) % count] = events[i].data.ptr;
    }
  }
  for (int i = 0; i < count; i++) {
    if (!connections[i].busy) continue;
    fail("no answer", 9);
    close(connections[i].fd);
    open_connection(&connections[i]);
  }
  printf("{\"sent\":%lu,\"answered\":%lu,\"failed\":%lu,\"failure\":\"%s\",\"startUs\":%lu,\"seconds\":%.6f,", sent, answered, failed,
         failure, start, (now_us() - start) / 1e6);
  print_latencies(&latencies);
  printf("\"cpuSeconds\":%.6f}\n", cpu_seconds() - cpu_before);
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  port = atoi(argv[1]), path = argv[2], count = atoi(argv[3]), body = read_file(argv[4]), headers = read_file(argv[5]);
  for (char *line = strtok(read_file(argv[6]), "\n"); line && token_count < 4096; line = strtok(NULL, "\n")) tokens[token_count++] = line;
  snprintf(run, sizeof run, "%09lx", now_us() & 0xfffffffff);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  struct epoll_event of_timer = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &of_timer);
  connections = calloc(count, sizeof *connections);
  idle = calloc(count, sizeof *idle);
  for (int i = 0; i < count; i++) open_connection(&connections[i]);
  for (;;) {
    struct pollfd input = {.fd = 0, .events = POLLIN};
    poll(&input, 1, -1);
    char *command = next_command(), first[16];
    double total, rate, seconds;
    if (command && sscanf(command, "send %lf %lf %lf %15s", &total, &rate, &seconds, first) == 4) send_requests(total, rate, seconds, first);
    fflush(stdout);
  }
}
