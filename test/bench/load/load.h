/*
 * Shared by the two processes of the load generator. Both read commands, one a line, from stdin and answer each with one line of JSON.
 * Times are microseconds of CLOCK_MONOTONIC, which all processes of a machine share.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* A message carries ~NNNNNNNNTTTTTTTTTTTTTTTT: its number, and the time when it was due. */
#define STAMP_LENGTH 25
/* Number of the messages that only show that a socket receives. */
#define PROBE 99999999u

static inline uint64_t now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000ull + time.tv_nsec / 1000;
}

static inline double cpu_seconds(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static inline int connect_to(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    close(fd);
    return -1;
  }
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

/* Sockets block when they send. What is sent is far smaller than their buffers. */
static inline int send_all(int fd, const void *bytes, size_t length) {
  return send(fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length;
}

typedef struct {
  uint32_t *values;
  size_t count, capacity;
} Latencies;

static inline void record(Latencies *all, uint64_t us) {
  if (all->count == all->capacity)
    all->values = realloc(all->values, (all->capacity = 2 * all->capacity + 65536) * sizeof *all->values);
  all->values[all->count++] = us < UINT32_MAX ? us : UINT32_MAX;
}

static int by_value(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* Nearest-rank percentiles, in milliseconds. */
static inline void print_latencies(Latencies *all) {
  qsort(all->values, all->count, sizeof *all->values, by_value);
  size_t n = all->count;
  double p50 = n ? all->values[(n + 1) / 2 - 1] / 1e3 : 0, p99 = n ? all->values[(99 * n + 99) / 100 - 1] / 1e3 : 0;
  printf("\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f,", p50, p99, n ? all->values[n - 1] / 1e3 : 0);
}

/* Keeps the first failure as text that needs no escaping in JSON. */
static inline void keep_failure(char *kept, size_t size, const char *text, size_t length) {
  if (kept[0]) return;
  size_t n = 0;
  for (size_t i = 0; i < length && n < size - 1; i++)
    if ((unsigned char)text[i] >= ' ' && text[i] != '"' && text[i] != '\\') kept[n++] = text[i];
  kept[n] = 0;
}

/* @returns the next line of stdin without its end, or NULL if there is none yet. Ends the process when the parent has ended. */
static inline char *next_command(void) {
  static char line[4096];
  struct pollfd input = {.fd = 0, .events = POLLIN};
  if (poll(&input, 1, 0) == 0) return NULL;
  size_t length = 0;
  while (length < sizeof line - 1 && read(0, line + length, 1) == 1 && line[length] != '\n') length++;
  if (length == 0) exit(0);
  line[length] = 0;
  return line;
}
