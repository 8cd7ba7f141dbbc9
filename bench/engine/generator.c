// Phones for bench/engine.ts, in a process of their own: N sockets that send PCMU every 20 ms, spread evenly over
// them, and count what comes back.
//   generator LEGS ROOM_LEGS TALKERS SECONDS BURSTS
// Prints its ports, reads the engine's, runs, prints figures. With BURSTS the legs are pairs: the first of each is
// silent but for a loud packet every half second, and the second measures when it hears it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 20, SAMPLES = 160, HEADER = 12, BURST_TICKS = 25, MOST_BURSTS = 1 << 20 };

typedef struct {
  int fd;
  uint16_t out, in;
  uint32_t timestamp;
  uint64_t sent, received, lost;
  int hears, was_loud;
  int64_t burst_us;
} Leg;

static int64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void sleep_until(int64_t us) {
  struct timespec t = {us / 1000000, (us % 1000000) * 1000};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

// ITU-T G.711.
static uint8_t mu_law(int sample) {
  int sign = sample < 0 ? 0x80 : 0, magnitude = (sample < 0 ? -sample : sample) + 132, exponent = 7;
  while (exponent > 0 && !(magnitude >> (exponent + 7))) exponent--;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15));
}

// A sample of 1,000 or more.
static int is_loud(const uint8_t *payload, int length) {
  for (int i = 0; i < length; i++) {
    int code = ~payload[i] & 0x7f;
    if ((code >> 4) >= 3) return 1;
  }
  return 0;
}

static int by_size(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static double at(int64_t *sorted, long count, double share) {
  if (count == 0) return 0;
  long i = (long)(share * count);
  return sorted[i < count ? i : count - 1] / 1000.0;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  int legs = atoi(argv[1]), room_legs = atoi(argv[2]), talkers = atoi(argv[3]), seconds = atoi(argv[4]);
  int bursts = atoi(argv[5]);
  struct rlimit most;
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);

  Leg *all = calloc(legs, sizeof *all);
  int poll = epoll_create1(0);
  for (int i = 0; i < legs; i++) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof here;
    all[i].fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (all[i].fd < 0 || bind(all[i].fd, (void *)&here, size)) return perror("socket"), 1;
    getsockname(all[i].fd, (void *)&here, &size);
    printf("%d\n", ntohs(here.sin_port));
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(poll, EPOLL_CTL_ADD, all[i].fd, &event);
  }
  fflush(stdout);
  for (int i = 0; i < legs; i++) {
    int port;
    if (scanf("%d", &port) != 1) return 1;
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(all[i].fd, (void *)&there, sizeof there)) return perror("connect"), 1;
  }

  uint8_t tone[SAMPLES], silence[SAMPLES], packet[HEADER + SAMPLES], in[2048];
  for (int i = 0; i < SAMPLES; i++) tone[i] = mu_law((int)(8000 * sin(2 * M_PI * 400 * i / 8000)));
  memset(silence, 0xff, sizeof silence);
  int64_t *late = calloc((size_t)seconds * 1000 + 1, sizeof *late), *delays = calloc(MOST_BURSTS, sizeof *delays);
  long late_count = 0, delay_count = 0;
  int64_t began = now_us() + 1000;

  for (long slot = 0; slot < (long)seconds * 1000; slot++) {
    sleep_until(began + slot * 1000);
    late[late_count++] = now_us() - (began + slot * 1000);
    long tick = slot / SLOTS;
    for (int i = 0; i < legs; i++) {
      int place = bursts ? i / 2 : i;
      if (place % SLOTS != slot % SLOTS) continue;
      Leg *leg = &all[i];
      int is_burst = bursts && i % 2 == 0 && tick > 50 && tick % BURST_TICKS == 0;
      int talks = bursts ? is_burst : i % room_legs < talkers;
      packet[0] = 0x80;
      packet[1] = 0;
      uint16_t sequence = htons(leg->out++);
      uint32_t timestamp = htonl(leg->timestamp), ssrc = htonl(i + 1);
      memcpy(packet + 2, &sequence, 2);
      memcpy(packet + 4, &timestamp, 4);
      memcpy(packet + 8, &ssrc, 4);
      memcpy(packet + HEADER, talks ? tone : silence, SAMPLES);
      leg->timestamp += SAMPLES;
      if (is_burst) all[i + 1].burst_us = now_us();
      if (send(leg->fd, packet, sizeof packet, 0) > 0) leg->sent++;
    }
    struct epoll_event ready[256];
    for (int count; (count = epoll_wait(poll, ready, 256, 0)) > 0;) {
      for (int i = 0; i < count; i++) {
        Leg *leg = &all[ready[i].data.u32];
        ssize_t length = recv(leg->fd, in, sizeof in, 0);
        if (length < HEADER || (in[1] & 0x7f) != 0) continue;
        uint16_t sequence = (in[2] << 8) | in[3];
        if (leg->received > 0) leg->lost += (uint16_t)(sequence - leg->in - 1) < 1000 ? (uint16_t)(sequence - leg->in - 1) : 0;
        leg->in = sequence;
        leg->received++;
        int loud = is_loud(in + HEADER, length - HEADER);
        leg->hears |= loud;
        if (loud && leg->burst_us && delay_count < MOST_BURSTS) {
          delays[delay_count++] = now_us() - leg->burst_us;
          leg->burst_us = 0;
        }
      }
    }
  }

  uint64_t sent = 0, received = 0, lost = 0;
  int hears = 0;
  for (int i = 0; i < legs; i++) sent += all[i].sent, received += all[i].received, lost += all[i].lost, hears += all[i].hears;
  qsort(late, late_count, sizeof *late, by_size);
  qsort(delays, delay_count, sizeof *delays, by_size);
  printf("{\"sent\":%llu,\"received\":%llu,\"lost\":%llu,\"hears\":%d,", (unsigned long long)sent, (unsigned long long)received, (unsigned long long)lost, hears);
  printf("\"lateMs\":{\"p50\":%.2f,\"p99\":%.2f,\"max\":%.2f},", at(late, late_count, 0.5), at(late, late_count, 0.99), at(late, late_count, 1));
  printf("\"delayMs\":{\"count\":%ld,\"p50\":%.1f,\"p99\":%.1f}}\n", delay_count, at(delays, delay_count, 0.5), at(delays, delay_count, 0.99));
  return 0;
}
